import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { relative } from 'node:path';
import { exec } from '../lib/exec.ts';
import { inRoot } from '../lib/root.ts';
import type { Suite } from '../lib/suite.ts';

/** `custom-elements.json` is what the source's comments say: made again elsewhere, it must be the same. */
export function manifest(): Suite {
  const folder = inRoot('packages/widget');
  const fresh = inRoot('.tmp/manifest');
  return {
    name: 'manifest',
    needsBuild: false,
    needsBrowser: false,
    slots: 1,
    async run() {
      rmSync(fresh, { recursive: true, force: true });
      mkdirSync(fresh, { recursive: true });
      const args = ['analyze', '--config', 'custom-elements-manifest.config.mjs'];
      const { ok, output } = await exec(
        `${folder}/node_modules/.bin/cem`,
        [...args, '--outdir', relative(folder, fresh)],
        { cwd: folder },
      );
      const same = ok && read(`${fresh}/custom-elements.json`) === read(`${folder}/custom-elements.json`);
      const hint =
        'custom-elements.json is not what the source says. Run `pnpm --filter whatsapp-embedded-signup manifest` and commit it.';
      return {
        passed: same ? 1 : 0,
        failed: same ? 0 : 1,
        skipped: 0,
        output: ok ? hint : output,
      };
    },
  };
}

function read(path: string): string {
  return readFileSync(path, 'utf8').trim();
}
