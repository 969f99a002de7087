import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { inRoot } from '../lib/root.ts';

/** A server in a process of its own, as users run it. */
export interface Running {
  /** Without a slash at the end. */
  url: string;
  pid: number;
  stop(): Promise<void>;
}

/** Starts the built sandbox on a free port. */
export async function startSandbox(): Promise<Running> {
  return start('sandbox', ['--port', String(await freePort())], {});
}

/** Starts the built relay against a sandbox, with a store of its own that goes with it. */
export async function startRelay(sandbox: Running, origin: string): Promise<Running> {
  const folder = mkdtempSync(join(tmpdir(), 'bench-relay-'));
  const credentials = await (await fetch(`${sandbox.url}/_sandbox/credentials?format=env`)).text();
  const relay = await start('relay', [], {
    ...Object.fromEntries(
      credentials
        .trim()
        .split('\n')
        .map((line) => line.split(/=(.*)/s).slice(0, 2)),
    ),
    RELAY_ORIGINS: origin,
    DATABASE_URL: `file:${join(folder, 'relay.db')}`,
    PORT: String(await freePort()),
  });
  return {
    url: relay.url,
    pid: relay.pid,
    async stop() {
      await relay.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function start(name: string, args: string[], env: Record<string, string>): Promise<Running> {
  const child = spawn('node', [inRoot('packages', name, 'dist/cli.js'), ...args], {
    env: { PATH: process.env.PATH, HOME: process.env.HOME, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let errors = '';
  child.stderr.on('data', (chunk: Buffer) => {
    errors += chunk.toString();
  });
  const url = await ready(child).catch((error: unknown) => {
    child.kill('SIGKILL');
    throw new Error(`${name} did not start: ${error}\n${errors}`);
  });
  return {
    url,
    pid: child.pid ?? 0,
    async stop() {
      if (child.exitCode !== null || child.signalCode !== null) return;
      child.kill('SIGTERM');
      const hurry = setTimeout(() => child.kill('SIGKILL'), 5_000);
      await once(child, 'exit');
      clearTimeout(hurry);
    },
  };
}

/** Both servers print one line when they are ready: `listening on http://HOST:PORT`. */
async function ready({ stdout }: ChildProcess): Promise<string> {
  if (stdout === null) throw new Error('no output to read');
  for await (const line of createInterface({ input: stdout, signal: AbortSignal.timeout(15_000) })) {
    const url = /^listening on (http:\S+)$/.exec(line)?.[1];
    if (url !== undefined) {
      stdout.resume();
      return url;
    }
  }
  throw new Error('it ended, or said nothing for 15 s');
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return address.port;
}
