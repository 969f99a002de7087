import { mkdirSync, readdirSync, rmSync } from 'node:fs';
import { exec } from '../lib/exec.ts';
import { inRoot, pnpm } from '../lib/root.ts';
import { crashed, type Suite } from '../lib/suite.ts';

/** A look at one packed tarball. */
interface Look {
  name: string;
  fine(tarball: string): Promise<{ ok: boolean; output: string }>;
}

const LOOKS: Look[] = [
  { name: 'publint', fine: (tarball) => exec('publint', ['run', '--strict', tarball]) },
  {
    // The script-tag file has no types: it is for a page, not for an import.
    name: 'attw',
    fine: (tarball) => exec('attw', [tarball, '--profile', 'esm-only', '--exclude-entrypoints', './cdn']),
  },
  { name: 'installable', fine: installable },
];

/** Checks the tarball that would be published, as `pnpm pack` really makes it. */
export function packageChecks(folder: string): Suite {
  const target = inRoot('.tmp/packs', folder);
  return {
    name: `package: ${folder}`,
    needsBuild: true,
    needsBrowser: false,
    slots: 1,
    async run() {
      rmSync(target, { recursive: true, force: true });
      mkdirSync(target, { recursive: true });
      const packed = await exec(...pnpm('pack', '--pack-destination', target), {
        cwd: inRoot('packages', folder),
      });
      const tarball = packed.ok ? readdirSync(target).find((name) => name.endsWith('.tgz')) : undefined;
      if (tarball === undefined) return crashed(packed.output);

      const result = { passed: 0, failed: 0, skipped: 0, output: '' };
      for (const look of LOOKS) {
        const { ok, output } = await look.fine(`${target}/${tarball}`);
        result[ok ? 'passed' : 'failed'] += 1;
        if (!ok) result.output += `${look.name}:\n${output}\n`;
      }
      return result;
    },
  };
}

/** `workspace:` ranges mean nothing outside this repository; a licence has to travel with the code. */
async function installable(tarball: string): Promise<{ ok: boolean; output: string }> {
  const manifest = await exec('tar', ['-xOzf', tarball, 'package/package.json']);
  const list = await exec('tar', ['-tzf', tarball]);
  const problems = [
    !manifest.ok || !list.ok ? `the tarball cannot be read: ${manifest.output}${list.output}` : '',
    manifest.output.includes('"workspace:') ? 'package.json has workspace: ranges' : '',
    list.output.includes('package/LICENSE') ? '' : 'LICENSE is missing',
    /\.test\.(js|d\.ts)$/m.test(list.output) ? 'tests are packed' : '',
  ].filter((problem) => problem !== '');
  return { ok: problems.length === 0, output: problems.join('\n') };
}
