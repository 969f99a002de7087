import { existsSync } from 'node:fs';
import { findChromium, findFirefox, findWebKit } from './browsers.ts';
import { installPackages } from './install-packages.ts';
import { exec } from './lib/exec.ts';
import { inRoot } from './lib/root.ts';

const LOG_FOLDER = inRoot('.tmp/browsers');
const MINUTE = 60_000;

interface Engine {
  name: string;
  found(): boolean;
  /** Debian's packages. Liberation gives pages in a bare container letters to draw. */
  packages: string[];
  /** Ways that come before the system's packages. */
  download?: () => Promise<string>;
}

const CHROMIUM: Engine = {
  name: 'Chromium',
  found: () => findChromium() !== null,
  packages: ['chromium', 'fonts-liberation'],
  download: downloadChromium,
};

const OTHERS: Engine[] = [
  { name: 'Firefox', found: () => findFirefox() !== null, packages: ['firefox-esr'] },
  { name: 'WebKit', found: () => findWebKit() !== null, packages: ['webkit2gtk-driver', 'xvfb'] },
];

/**
 * Makes sure that the browsers a test run needs are there.
 *
 * Chromium always: an installed one, else Playwright's download, else the system's package manager. With `ci`
 * Firefox and WebKit too; without it a missing one is a notice. Throws an error that says what to install.
 * Asks nothing and ends within minutes.
 */
export async function ensureBrowsers(options: {
  ci: boolean;
  notice: (text: string) => void;
}): Promise<void> {
  const { ci, notice } = options;
  for (const engine of [CHROMIUM, ...OTHERS]) {
    if (engine.found()) continue;
    if (!ci && engine !== CHROMIUM) {
      notice(`${engine.name} is not installed: its tests are skipped`);
      continue;
    }
    notice(`${engine.name} is not installed: getting it`);
    const tried = await install(engine);
    if (!engine.found()) throw new Error(missing(engine, tried));
  }
}

async function install(engine: Engine): Promise<string> {
  let tried = '';
  if (engine.download) {
    tried += await engine.download();
    if (engine.found()) return tried;
  }
  return tried + (await installPackages(engine.packages, LOG_FOLDER));
}

async function downloadChromium(): Promise<string> {
  const { output } = await exec('playwright-core', ['install', '--no-shell', 'chromium'], {
    timeoutMs: 3 * MINUTE,
    env: { PLAYWRIGHT_DOWNLOAD_CONNECTION_TIMEOUT: '10000' },
    log: `${LOG_FOLDER}/playwright.log`,
  });
  return output;
}

function missing(engine: Engine, tried: string): string {
  const debian = `apt-get install ${engine.packages.join(' ')}`;
  const hint =
    engine === CHROMIUM
      ? `Install Chrome or Chromium (Debian: ${debian}), or set CHROMIUM_PATH to one that is installed.`
      : `Install it (Debian, as root: ${debian}), or run without CI set to leave it out.`;
  const logs = existsSync(LOG_FOLDER) ? ` Logs: ${LOG_FOLDER}` : '';
  const tail = tried.trim().split('\n').slice(-15).join('\n');
  return `${engine.name} is missing and could not be installed. ${hint}${logs}${tail && `\n${tail}`}`;
}
