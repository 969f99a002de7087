import assert from 'node:assert/strict';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, beforeEach, test } from 'node:test';
import { findChromium, findWebKit, onPath } from './browsers.ts';

const folder = mkdtempSync(join(tmpdir(), 'browsers-'));
const before = { ...process.env };
const onLinux = { skip: process.platform !== 'linux' && 'the stand-ins are shell scripts' };

beforeEach(() => {
  process.env = { ...before, CHROMIUM_PATH: undefined, CHROME_PATH: undefined, PATH: folder };
});
after(() => {
  process.env = before;
  rmSync(folder, { recursive: true });
});

function standIn(name: string, exitCode: number): string {
  const path = join(folder, name);
  writeFileSync(path, `#!/bin/sh\nexit ${exitCode}\n`);
  chmodSync(path, 0o755);
  return path;
}

test('the path from the environment goes before what is installed', onLinux, () => {
  standIn('chromium', 0);
  process.env.CHROMIUM_PATH = standIn('my-own-chromium', 0);
  assert.equal(findChromium(), process.env.CHROMIUM_PATH);
});

test('a browser that does not start is passed over', onLinux, () => {
  // As on Ubuntu, where the name is taken by a note that says to install a snap.
  standIn('chromium', 0);
  process.env.CHROMIUM_PATH = standIn('chromium-browser', 1);
  assert.equal(findChromium(), join(folder, 'chromium'));
});

test('WebKit is found only where all of its parts are', onLinux, () => {
  standIn('MiniBrowser', 0);
  standIn('WebKitWebDriver', 0);
  assert.equal(findWebKit(), null);
  standIn('Xvfb', 0);
  assert.deepEqual(findWebKit(), {
    driver: join(folder, 'WebKitWebDriver'),
    miniBrowser: join(folder, 'MiniBrowser'),
    xvfb: join(folder, 'Xvfb'),
  });
});

test('a file that may not be run is no command', onLinux, () => {
  writeFileSync(join(folder, 'plain'), '');
  assert.equal(onPath('plain'), null);
});
