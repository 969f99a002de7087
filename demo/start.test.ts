import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { pnpm, root } from '../scripts/lib/root.ts';
import { freePort } from './src/ports.ts';
import { isRunning } from './src/stopping.ts';

const script = fileURLToPath(new URL('./start.ts', import.meta.url));

/** Processes whose parent is `pid`, by what Linux tells. */
function childrenOf(pid: number): number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((child) => {
      try {
        return (
          readFileSync(`/proc/${child}/stat`, 'utf8')
            .replace(/^.*\) /, '')
            .split(' ')[1] === String(pid)
        );
      } catch {
        return false;
      }
    });
}

test('a taken port is passed over', async (t) => {
  const port = await freePort(45_170);
  const other = createServer();
  await new Promise<void>((resolve) => other.listen(port, '127.0.0.1', resolve));
  t.after(() => other.close());
  assert.notEqual(await freePort(port), port);
});

for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  test(`the address is the last line, it answers, and ${signal} leaves no process behind`, async () => {
    const demo = spawn(process.execPath, [script, '--built'], { stdio: ['ignore', 'pipe', 'inherit'] });
    let printed = '';
    demo.stdout.on('data', (chunk) => {
      printed += chunk;
    });
    const exited = once(demo, 'exit');
    while (!/^http:\/\/\S+$/m.test(printed)) {
      await Promise.race([once(demo.stdout, 'data'), exited.then(() => assert.fail(`It ended: ${printed}`))]);
    }
    const lines = printed.trimEnd().split('\n');
    const address = lines.at(-1) ?? '';
    assert.equal(lines.filter((line) => line.includes('http')).length, 1);
    const landing = await (await fetch(address)).text();
    assert.match(landing, /Connect WhatsApp/);

    const parts = process.platform === 'linux' ? childrenOf(demo.pid ?? 0) : [];
    if (process.platform === 'linux') assert.equal(parts.length, 2, 'sandbox and relay');
    demo.kill(signal);
    const [code] = await exited;
    assert.equal(code, 0);
    assert.deepEqual(parts.filter(isRunning), []);
    await assert.rejects(fetch(address));
  });
}

test('a package manager that is killed leaves nothing running', async (t) => {
  const [command, args] = pnpm('run', 'demo', '--built');
  // Killing npx would leave the pnpm that it started, and that one still runs the demo.
  if (command === 'npx') return t.skip('needs to be run by pnpm');
  const manager = spawn(command, args, {
    cwd: root,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let printed = '';
  manager.stdout.on('data', (chunk) => {
    printed += chunk;
  });
  while (!/^http:\/\/\S+$/m.test(printed)) await once(manager.stdout, 'data');
  const address = printed.trimEnd().split('\n').at(-1) ?? '';
  assert.equal((await fetch(address)).status, 200);
  manager.kill('SIGKILL');
  const gone = async (): Promise<boolean> => {
    for (let tries = 0; tries < 50; tries++) {
      await new Promise((resolve) => setTimeout(resolve, 200));
      if (
        await fetch(address).then(
          () => false,
          () => true,
        )
      )
        return true;
    }
    return false;
  };
  assert.ok(await gone(), 'the pages are still served');
});
