import { readFileSync } from 'node:fs';
import { type Running, startRelay, startSandbox } from './processes.ts';
import {
  type App,
  appOf,
  finishDialog,
  follow,
  ORIGIN,
  prepare,
  redeem,
  slowDown,
  withoutRelay,
} from './signups.ts';
import type { Row } from './table.ts';

const AT_ONCE = 200;
const GRAPH_LATENCY_MS = 20;
const MOST_MEMORY_MB = 150;

/** Two hundred customers at the same moment, and what the relay weighs after them. */
export async function load(): Promise<Row[]> {
  const sandbox = await startSandbox();
  const relay = await startRelay(sandbox, ORIGIN);
  try {
    const app = await appOf(sandbox, relay);
    await slowDown(sandbox, GRAPH_LATENCY_MS);
    await throughRelay(sandbox, relay, 20);
    await directly(sandbox, app, 20);
    const ours = await throughRelay(sandbox, relay, AT_ONCE);
    const memory = residentMegabytes(relay);
    const floor = await directly(sandbox, app, AT_ONCE);
    const what = `${AT_ONCE} onboardings at once, ${GRAPH_LATENCY_MS} ms a Graph call`;
    return [
      { what, ours, beside: 'the same calls without the relay', floor, unit: '/s' },
      {
        what: 'the relay’s memory after them',
        ours: memory,
        beside: 'the most there may be',
        floor: MOST_MEMORY_MB,
        unit: 'MB',
        atMost: 1,
      },
    ];
  } finally {
    await relay.stop();
    await sandbox.stop();
  }
}

/** Onboardings a second, from the first code sent to the last one completed. */
async function throughRelay(sandbox: Running, relay: Running, count: number): Promise<number> {
  const prepared = await times(count, async () => prepare(relay, await finishDialog(sandbox)));
  return rate(prepared, async (each) => follow(relay, each, await redeem(relay, each)));
}

async function directly(sandbox: Running, app: App, count: number): Promise<number> {
  const signups = await times(count, () => finishDialog(sandbox));
  return rate(signups, (signup) => withoutRelay(app, signup));
}

async function rate<T>(items: readonly T[], work: (item: T) => Promise<void>): Promise<number> {
  const begun = performance.now();
  await Promise.all(items.map(work));
  return (items.length * 1000) / (performance.now() - begun);
}

async function times<T>(count: number, make: () => Promise<T>): Promise<T[]> {
  const made: T[] = [];
  for (let i = 0; i < count; i += 1) made.push(await make());
  return made;
}

function residentMegabytes({ pid }: Running): number {
  const kilobytes = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
  return Number(kilobytes) / 1024;
}
