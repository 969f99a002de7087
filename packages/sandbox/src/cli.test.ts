import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { createSandbox } from './sandbox.ts';

const cli = fileURLToPath(new URL('cli.ts', import.meta.url));

function run(...flags: string[]) {
  const child = spawn(process.execPath, [cli, ...flags], { stdio: ['ignore', 'pipe', 'pipe'] });
  const output = { stdout: '', stderr: '' };
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    output.stdout += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    output.stderr += text;
  });
  return { child, output, closed: once(child, 'close') as Promise<[number | null, string | null]> };
}

describe('the command', () => {
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    it(`prints one line when it is ready, answers, and ends cleanly on ${signal}`, async () => {
      const { child, output, closed } = run('--port', '0');
      await once(child.stdout, 'data');
      const url = /^listening on (http:\/\/127\.0\.0\.1:\d+)\n$/.exec(output.stdout)?.[1];
      assert.ok(url, output.stdout);
      assert.equal((await fetch(`${url}/_sandbox/state`)).status, 200);
      child.kill(signal);
      assert.deepEqual(await closed, [0, null]);
      assert.equal(output.stderr, '');
    });
  }

  it('says so where the port is taken', async () => {
    const other = createSandbox();
    const { url } = await other.start();
    const { port } = new URL(url);
    const { output, closed } = run('--port', port);
    assert.equal((await closed)[0], 1);
    const said = await createSandbox({ port: Number(port) })
      .start()
      .catch((error: Error) => error.message);
    assert.equal(output.stderr, `${said}\n`);
    await other.stop();
  });

  for (const flags of [['--porto', '1'], ['--port', 'high'], ['--port', '70000'], ['extra']]) {
    it(`refuses ${flags.join(' ')} with one message and the usage`, async () => {
      const { output, closed } = run(...flags);
      assert.equal((await closed)[0], 1);
      assert.equal(output.stdout, '');
      assert.match(output.stderr, /^[^\n]+\n\nUsage: .*--port <number>/s);
    });
  }

  it('tells its options and its version', async () => {
    const help = run('-h');
    assert.equal((await help.closed)[0], 0);
    for (const option of ['--port', '--host', '--version', '--help']) {
      assert.ok(help.output.stdout.includes(option), option);
    }
    const version = run('--version');
    assert.equal((await version.closed)[0], 0);
    assert.match(version.output.stdout, /^\d+\.\d+\.\d+.*\n$/);
  });
});
