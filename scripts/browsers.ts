import { spawnSync } from 'node:child_process';
import { accessSync, constants, existsSync, globSync } from 'node:fs';
import { createRequire } from 'node:module';
import { delimiter, join } from 'node:path';

/** What drives WebKit on Linux: the WebDriver server, the small browser it starts, and a screen for it. */
export interface WebKit {
  driver: string;
  miniBrowser: string;
  xvfb: string;
}

const CHROMIUM_NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome'];

const CHROMIUM_PLACES = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  ...[process.env.PROGRAMFILES, process.env['PROGRAMFILES(X86)'], process.env.LOCALAPPDATA]
    .filter((folder) => folder !== undefined)
    .map((folder) => join(folder, 'Google/Chrome/Application/chrome.exe')),
];

const FIREFOX_PLACES = [
  '/Applications/Firefox.app/Contents/MacOS/firefox',
  ...[process.env.PROGRAMFILES, process.env['PROGRAMFILES(X86)']]
    .filter((folder) => folder !== undefined)
    .map((folder) => join(folder, 'Mozilla Firefox/firefox.exe')),
];

/** Debian keeps MiniBrowser under lib/<triplet>, Fedora and Arch under libexec or lib. */
const MINI_BROWSER_PLACES = '/usr/{lib,lib64,libexec,lib/*}/webkit{,2}gtk-*/MiniBrowser';

/**
 * The path of a Chrome or Chromium that starts, or null.
 * Order: `CHROMIUM_PATH`, `CHROME_PATH`, the `PATH`, the usual places, Playwright's download.
 */
export function findChromium(): string | null {
  const named = [process.env.CHROMIUM_PATH, process.env.CHROME_PATH].filter((path) => path !== undefined);
  const candidates = [...named, ...CHROMIUM_NAMES.map(onPath), ...CHROMIUM_PLACES];
  return candidates.find((path) => path !== null && starts(path)) ?? fromPlaywright();
}

/** The path of Firefox, or null. `FIREFOX_PATH` goes first. */
export function findFirefox(): string | null {
  const candidates = [
    process.env.FIREFOX_PATH ?? null,
    onPath('firefox-esr'),
    onPath('firefox'),
    ...FIREFOX_PLACES,
  ];
  return candidates.find((path) => path !== null && starts(path)) ?? null;
}

/** The three parts that WebKit needs, or null where one of them is missing. */
export function findWebKit(): WebKit | null {
  const driver = onPath('WebKitWebDriver');
  const xvfb = onPath('Xvfb');
  const miniBrowser = onPath('MiniBrowser') ?? globSync(MINI_BROWSER_PLACES).sort().at(-1);
  return driver && xvfb && miniBrowser ? { driver, miniBrowser, xvfb } : null;
}

/** The full path of a command on the `PATH`, or null. */
export function onPath(name: string): string | null {
  const folders = (process.env.PATH ?? '').split(delimiter).filter((folder) => folder !== '');
  return folders.map((folder) => join(folder, name)).find(isExecutable) ?? null;
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/**
 * Ubuntu's `chromium-browser` may be a note that says to install a snap, and a download may lack system
 * libraries, so on Linux the file has to answer. Elsewhere `--version` would open a window.
 */
function starts(path: string): boolean {
  if (process.platform !== 'linux') return existsSync(path);
  return isExecutable(path) && spawnSync(path, ['--version'], { timeout: 15_000 }).status === 0;
}

/** Where Playwright's own download of Chromium lies, if it is there. */
function fromPlaywright(): string | null {
  try {
    // Loaded only here: it is large, and most machines have a browser.
    const playwright: typeof import('playwright-core') = createRequire(import.meta.url)('playwright-core');
    const path = playwright.chromium.executablePath();
    return existsSync(path) && starts(path) ? path : null;
  } catch {
    // No build for this platform: then there is no download to use.
    return null;
  }
}
