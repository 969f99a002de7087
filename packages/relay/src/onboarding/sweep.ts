import type { Engine } from '../engine/engine.ts';
import { type Log, placeOf } from '../log.ts';
import type { Store } from '../store/store.ts';
import type { Exchange } from './exchange/exchange.ts';
import type { Recovery } from './exchange/recovery.ts';
import type { Ledger } from './ledger.ts';
import type { Deadlines } from './sync/deadlines.ts';
import type { Turns } from './turns.ts';

export interface SweepOptions {
  store: Store;
  ledger: Ledger;
  engine: Engine;
  exchange: Pick<Exchange, 'abandonInterrupted' | 'isUnderWay'>;
  turns: Pick<Turns, 'wakeDue'>;
  deadlines: Deadlines;
  now: () => number;
  /**
   * Milliseconds that an onboarding is left to the process that has changed it last, which may be about to give it
   * to the engine; 0 where there is no other process.
   */
  grace: number;
  recovery: Pick<Recovery, 'look'>;
  log: Log;
}

/**
 * Looks for onboardings that nobody works on and has them go on: at the start, and from time to time. The rows
 * decide what there is to do; a run that the engine lost, gave up or never took is started anew, as the next
 * generation. A live run is left alone, however old.
 *
 * Gives when something that waits for a time will be due, in milliseconds since 1970; null where nothing is. The
 * function never rejects: what does not work now is looked at again.
 */
export function createSweep(options: SweepOptions): () => Promise<number | null> {
  const { store, ledger, engine, exchange, turns, deadlines, recovery, now, grace, log } = options;
  async function takeUp(id: string, generation: number): Promise<void> {
    // Its exchange gives it to the engine in a moment.
    if (exchange.isUnderWay(id) || (await engine.isLive(id, generation))) return;
    if (!(await ledger.renew(id, generation))) return;
    await engine.submit(id, generation + 1);
    log('info', 'took up an onboarding that nobody worked on', { onboarding: id });
  }

  return async () => {
    try {
      await exchange.abandonInterrupted();
      const running = await store
        .selectFrom('onboarding')
        .select(['id', 'generation', 'updated_at'])
        .where('status', '=', 'running')
        .execute();
      let left: number | null = null;
      for (const { id, generation, updated_at } of running) {
        // In both directions: the clocks of two machines differ.
        if (Math.abs(now() - updated_at) >= grace) await takeUp(id, generation);
        else left = now() + grace;
      }
      // Meta is asked there, and nobody else waits for that.
      recovery.look();
      return earliest(left, await turns.wakeDue(), await deadlines.warnDue());
    } catch (cause) {
      log('error', 'the look for unfinished onboardings broke off', { detail: placeOf(cause) });
      return null;
    }
  };
}

function earliest(...times: (number | null)[]): number | null {
  const known = times.filter((time) => time !== null);
  return known.length === 0 ? null : Math.min(...known);
}
