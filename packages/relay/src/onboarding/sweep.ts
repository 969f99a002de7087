import type { Engine } from '../engine/engine.ts';
import { type Log, placeOf } from '../log.ts';
import type { Store } from '../store/store.ts';
import type { Exchange } from './exchange.ts';
import type { Ledger } from './ledger.ts';

export interface SweepOptions {
  store: Store;
  ledger: Ledger;
  engine: Engine;
  exchange: Pick<Exchange, 'abandonInterrupted' | 'isUnderWay'>;
  log: Log;
}

/**
 * Looks for onboardings that nobody works on and has them go on: at the start, and from time to time. The rows
 * decide what there is to do; a run that the engine lost, gave up or never took is started anew, as the next
 * generation. A live run is left alone, however old.
 *
 * The function never rejects: what does not work now is looked at again.
 */
export function createSweep({ store, ledger, engine, exchange, log }: SweepOptions): () => Promise<void> {
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
        .select(['id', 'generation'])
        .where('status', '=', 'running')
        .execute();
      for (const { id, generation } of running) await takeUp(id, generation);
    } catch (cause) {
      log('error', 'the look for unfinished onboardings broke off', { detail: placeOf(cause) });
    }
  };
}
