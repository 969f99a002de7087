import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { exec } from '../lib/exec.ts';
import { inRoot, root } from '../lib/root.ts';
import { crashed, notEmpty, type Suite, type SuiteResult } from '../lib/suite.ts';

const REPORTER = inRoot('scripts/suites/counts-reporter.ts');

/** The tests of one folder that Node runs by itself: every file that matches `pattern`. */
export function nodeTests(options: {
  name: string;
  /** Relative to the workspace, or absolute. */
  folder: string;
  pattern: string;
  needsBuild?: boolean;
  needsBrowser?: boolean;
  slots?: 1 | 2;
  /** Files at once: more than one where they wait more than they work. */
  concurrency?: number;
}): Suite {
  const {
    name,
    folder,
    pattern,
    needsBuild = true,
    needsBrowser = false,
    slots = 1,
    concurrency = 1,
  } = options;
  const countsFile = inRoot('.tmp/test', `${name.replaceAll(/\W+/g, '-')}.json`);
  const args = [
    '--test',
    '--test-timeout=120000',
    `--test-concurrency=${concurrency}`,
    '--test-reporter=spec',
    '--test-reporter-destination=stdout',
    `--test-reporter=${REPORTER}`,
    `--test-reporter-destination=${countsFile}`,
    pattern,
  ];
  return {
    name,
    needsBuild,
    needsBrowser,
    slots,
    async run() {
      mkdirSync(dirname(countsFile), { recursive: true });
      rmSync(countsFile, { force: true });
      const { ok, output } = await exec('node', args, { cwd: resolve(root, folder) });
      return resultFrom(countsFile, ok, output);
    },
  };
}

/**
 * Reads the counts that a runner wrote. No file: it crashed. All passed but a non-zero exit: something outside
 * the tests went wrong, and that is a failure too.
 */
export function resultFrom(countsFile: string, ok: boolean, output: string): SuiteResult {
  const counts = readCounts(countsFile);
  if (counts === null) return crashed(`${output}\nThe runner ended without counting its tests.`);
  const failed = !ok && counts.failed === 0 ? 1 : counts.failed;
  return notEmpty({ ...counts, failed, output });
}

function readCounts(file: string): { passed: number; failed: number; skipped: number } | null {
  try {
    const { passed, failed, skipped = 0 } = JSON.parse(readFileSync(file, 'utf8'));
    return [passed, failed, skipped].every(Number.isInteger) ? { passed, failed, skipped } : null;
  } catch {
    return null;
  }
}
