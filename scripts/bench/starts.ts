import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { inRoot } from '../lib/root.ts';
import { median, type Row } from './table.ts';

const RUNS = 11;

/** The least that a server on Hono can be; as text, so that it finds Hono where a package finds it. */
const BARE_HONO = `
  import { serve } from '@hono/node-server';
  import { Hono } from 'hono';
  const app = new Hono().get('/', (context) => context.text('hello'));
  serve({ fetch: app.fetch, hostname: '127.0.0.1', port: 0 }, ({ port }) => {
    console.log('listening on http://127.0.0.1:' + port);
  });
`;

/** From the start of the process to its line `listening on …`. All take turns, so that noise meets all of them. */
export async function starts(): Promise<Row[]> {
  const folder = mkdtempSync(join(tmpdir(), 'bench-start-'));
  const relayEnv = {
    META_APP_ID: '1',
    META_APP_SECRET: 'secret',
    META_CONFIG_ID: '1',
    RELAY_ORIGINS: 'https://www.example.com',
    DATABASE_URL: `file:${folder}/relay.db`,
    PORT: '0',
  };
  const times: Record<'sandbox' | 'relay' | 'bare', number[]> = { sandbox: [], relay: [], bare: [] };
  try {
    // The relay's first start makes its tables; a deployment starts over tables that are there.
    for (let run = 0; run <= RUNS; run += 1) {
      const sandbox = await untilListening([inRoot('packages/sandbox/dist/cli.js'), '--port', '0']);
      const relay = await untilListening([inRoot('packages/relay/dist/cli.js')], relayEnv);
      const bare = await untilListening(['--input-type=module', '--eval', BARE_HONO]);
      if (run === 0) continue;
      times.sandbox.push(sandbox);
      times.relay.push(relay);
      times.bare.push(bare);
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  const row = (name: 'sandbox' | 'relay'): Row => ({
    what: `the ${name}’s start`,
    ours: median(times[name]),
    beside: 'a bare Hono server',
    floor: median(times.bare),
    unit: 'ms',
  });
  return [row('sandbox'), row('relay')];
}

async function untilListening(args: string[], env: Record<string, string> = {}): Promise<number> {
  const begun = performance.now();
  const child = spawn('node', args, {
    cwd: inRoot('packages/sandbox'),
    env: { PATH: process.env.PATH, HOME: process.env.HOME, ...env },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const lines = createInterface({ input: child.stdout, signal: AbortSignal.timeout(15_000) });
  for await (const line of lines) if (line.startsWith('listening on ')) break;
  const took = performance.now() - begun;
  child.kill();
  await once(child, 'exit');
  return took;
}
