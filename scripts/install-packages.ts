import { onPath } from './browsers.ts';
import { exec } from './lib/exec.ts';

const MINUTE = 60_000;

/**
 * Installs Debian's packages where that may be: as root, with `apt-get`. Gives what was said; nothing where it may
 * not. Asks nothing and ends within minutes.
 */
export async function installPackages(packages: string[], logFolder: string): Promise<string> {
  if (process.getuid?.() !== 0 || onPath('apt-get') === null) return '';
  const env = { DEBIAN_FRONTEND: 'noninteractive', UCF_FORCE_CONFFOLD: '1' };
  const lock = ['-o', 'DPkg::Lock::Timeout=60'];
  const update = await exec('apt-get', ['update', '-q', ...lock], {
    env,
    timeoutMs: 2 * MINUTE,
    log: `${logFolder}/apt-update.log`,
  });
  const install = await exec(
    'apt-get',
    ['install', '-y', '-q', '--no-install-recommends', ...lock, ...packages],
    { env, timeoutMs: 6 * MINUTE, log: `${logFolder}/apt-install.log` },
  );
  return update.output + install.output;
}
