import { mkdirSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';
import { findChromium, findFirefox, findWebKit } from '../browsers.ts';
import { exec } from '../lib/exec.ts';
import { inRoot } from '../lib/root.ts';
import { type Suite, skipped } from '../lib/suite.ts';
import { resultFrom } from './node-tests.ts';

const FIND = { chromium: findChromium, firefox: findFirefox, webkit: findWebKit };

/** The element's tests in one engine. Skipped where the engine is not installed; see install-browsers.ts. */
export function elementTests(engine: keyof typeof FIND, slots: 1 | 2): Suite {
  const report = inRoot('.tmp/test', `element-${engine}.json`);
  return {
    name: `element: ${engine}`,
    needsBuild: true,
    needsBrowser: true,
    slots,
    async run() {
      if (FIND[engine]() === null) return skipped(`${engine} is not installed`);
      mkdirSync(dirname(report), { recursive: true });
      rmSync(report, { force: true });
      const folder = inRoot('packages/widget');
      const { ok, output } = await exec(`${folder}/node_modules/.bin/wtr`, [], {
        cwd: folder,
        env: { ENGINE: engine, WTR_REPORT: report },
        timeoutMs: 150_000,
      });
      return resultFrom(report, ok, output);
    },
  };
}
