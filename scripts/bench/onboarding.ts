import { startRelay, startSandbox } from './processes.ts';
import {
  appOf,
  exchange,
  finishDialog,
  follow,
  graphCalls,
  ORIGIN,
  prepare,
  redeem,
  slowDown,
  timed,
  withoutRelay,
} from './signups.ts';
import { median, type Row } from './table.ts';

const GRAPH_LATENCY_MS = 200;
const RUNS = 7;

/** One onboarding at a time, each Graph call as slow as Meta's: what the relay adds to what Meta takes. */
export async function onboarding(): Promise<Row[]> {
  const sandbox = await startSandbox();
  const relay = await startRelay(sandbox, ORIGIN);
  try {
    const app = await appOf(sandbox, relay);
    await slowDown(sandbox, GRAPH_LATENCY_MS);
    const times = { whole: [], levels: [], answer: [], exchange: [] } as Record<string, number[]>;
    let calls = 0;
    // The first round opens connections and fills caches on both sides; it is not counted.
    for (let round = 0; round <= RUNS; round += 1) {
      const prepared = await prepare(relay, await finishDialog(sandbox));
      const before = (await graphCalls(sandbox)).length;
      let id = '';
      const answer = await timed(async () => {
        id = await redeem(relay, prepared);
      });
      const rest = await timed(() => follow(relay, prepared, id));
      calls = (await graphCalls(sandbox)).length - before;
      const alone = await finishDialog(sandbox);
      const exchanged = await timed(() => exchange(app, alone));
      const direct = await finishDialog(sandbox);
      const levels = await timed(() => withoutRelay(app, direct));
      if (round === 0) continue;
      times.whole?.push(answer + rest);
      times.levels?.push(levels);
      times.answer?.push(answer);
      times.exchange?.push(exchanged);
    }
    const of = (name: string): number => median(times[name] ?? []);
    return [
      {
        what: `an onboarding at ${GRAPH_LATENCY_MS} ms a Graph call`,
        ours: of('whole'),
        beside: 'its four levels of calls alone',
        floor: of('levels'),
        unit: 'ms',
        atMost: 1.15,
      },
      {
        what: 'the answer to POST /v1/onboardings',
        ours: of('answer'),
        beside: 'the exchange alone',
        floor: of('exchange'),
        unit: 'ms',
        atMost: 1.15,
      },
      {
        what: 'Graph calls of a plain onboarding',
        ours: calls,
        beside: 'the most there may be',
        floor: 10,
        unit: 'calls',
        atMost: 1,
      },
    ];
  } finally {
    await relay.stop();
    await sandbox.stop();
  }
}
