import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';

/** Runs a file as a Node that says to be of this version; gives what it said of it. */
function runAs(version: string, file: string, ...flags: string[]): Promise<string> {
  const pretend = `Object.defineProperty(process, 'versions', { value: { ...process.versions, node: '${version}' } })`;
  const path = fileURLToPath(new URL(file, import.meta.url));
  const all = ['--import', `data:text/javascript,${encodeURIComponent(pretend)}`, path, ...flags];
  return new Promise((resolve) => {
    execFile(process.execPath, all, (_error, _stdout, stderr) => resolve(stderr));
  });
}

describe('a Node that is too old', () => {
  const expected = /whatsapp-embedded-signup-sandbox needs Node 24 or later; this is 22\.9\.0\./;

  it('is told so by the command', async () => {
    assert.match(await runAs('22.9.0', 'cli.ts', '--help'), expected);
    assert.equal(await runAs('24.0.0', 'cli.ts', '--help'), '');
  });

  it('is told so by the library', async () => {
    assert.match(await runAs('22.9.0', 'index.ts'), expected);
    assert.equal(await runAs('24.0.0', 'index.ts'), '');
  });
});
