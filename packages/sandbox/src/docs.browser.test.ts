import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, afterEach, before, describe, it } from 'node:test';
import { promisify } from 'node:util';
import { findChromium } from '../../../scripts/browsers.ts';
import { createSandbox } from './sandbox.ts';

// The examples of docs/sandbox.md are run as they stand there: against the built package, by its name.

const text = readFileSync(new URL('../../../docs/sandbox.md', import.meta.url), 'utf8');
const folder = new URL('../.tmp/docs/', import.meta.url).pathname;
const run = promisify(execFile);

/** The code blocks of a language that have a title. */
function examples(language: string): { title: string; code: string }[] {
  const blocks = text.matchAll(/^```(\w+) title=(\S+)\n(.*?)^```$/gms);
  return [...blocks]
    .filter(([, found]) => found === language)
    .map(([, , title = '', code = '']) => ({ title, code }));
}

before(() => mkdirSync(folder, { recursive: true }));
after(() => rmSync(folder, { recursive: true, force: true }));

describe('the tests of docs/sandbox.md', () => {
  for (const { title, code } of examples('js')) {
    it(title, async () => {
      const file = join(folder, title);
      writeFileSync(file, code);
      const env = { ...process.env, CHROMIUM_PATH: findChromium() ?? '', NODE_TEST_CONTEXT: undefined };
      const { stdout } = await run('node', ['--test', '--test-reporter=tap', file], { env }).catch(
        (error: { stdout: string }) => error,
      );
      assert.match(stdout, /^# fail 0$/m, stdout);
      assert.doesNotMatch(stdout, /^# pass 0$/m, 'it holds no test');
    });
  }
});

describe('the commands of docs/sandbox.md', () => {
  const sandbox = createSandbox();
  before(() => sandbox.start());
  afterEach(() => sandbox.control('reset'));
  after(() => sandbox.stop());

  for (const { title, code } of examples('sh')) {
    it(title, async () => {
      const commands = code.replaceAll('http://127.0.0.1:4400', sandbox.url).replaceAll('curl ', 'curl -sf ');
      const { stdout } = await run('sh', ['-ec', commands]);
      assert.ok(stdout.length > 0);
    });
  }

  for (const { title, code } of examples('python')) {
    it(title, async (test) => {
      const script = code.replaceAll('http://127.0.0.1:4400', sandbox.url);
      const ran = await run('python3', ['-c', script]).catch((error: NodeJS.ErrnoException) => {
        if (error.code === 'ENOENT') return null;
        throw error;
      });
      if (ran === null) test.skip('Python is not here.');
      else assert.match(ran.stdout, /FINISH EAA/);
    });
  }
});
