import type { StepError, StepName, StepStatus } from 'whatsapp-embedded-signup/protocol';
import { pauseAfter, RetryLater } from '../engine/engine.ts';
import type { Graph } from '../graph/client.ts';
import { GraphError } from '../graph/error.ts';
import { meaningOf } from '../graph/meaning.ts';
import type { Hub } from '../hub.ts';
import { type Log, metaFields, placeOf } from '../log.ts';
import type { Sealer } from '../seal.ts';
import { SealError } from '../seal.ts';
import type { Secret } from '../secret.ts';
import type { Portal } from '../settings/settings.ts';
import type { OnboardingRow } from '../store/schema.ts';
import type { Store } from '../store/store.ts';
import type { Ledger, StepEnd } from './ledger.ts';

/** What a step works with. */
export interface StepContext {
  row: OnboardingRow;
  portal: Portal;
  graph: Graph;
  /** The customer's business token, unsealed for this attempt. */
  token: Secret;
  /** From 1. */
  attempt: number;
  store: Store;
  sealer: Sealer;
  hub: Hub;
  now: () => number;
}

/** What a step came to. A failure that waiting cannot mend is a result, not an exception. */
export type StepOutcome =
  | ({ status: 'done' } & Pick<StepEnd, 'account' | 'number'>)
  | { status: 'skipped' }
  | { status: 'failed'; error: StepError };

export type StepWork = (context: StepContext) => Promise<StepOutcome>;

export interface StepRunnerOptions {
  ledger: Ledger;
  log: Log;
  now: () => number;
  contextOf: (onboardingId: string, attempt: number) => Promise<StepContext>;
}

/**
 * How often a step is tried in all, whatever becomes of the process and the engine in between. Meta allows ten
 * registrations of a number in 72 hours, so one onboarding takes no more than half of them; and nobody should wait
 * minutes for `confirm`, which only reads again what is known.
 */
const attempts: Record<StepName, number> = { exchange: 1, inspect: 8, subscribe: 8, register: 5, confirm: 3 };

export type StepRunner = (id: string, name: StepName, work: StepWork) => Promise<StepOutcome['status']>;

/**
 * Runs a step by the ledger: what has ended stays so, each attempt is counted, an error that may pass is thrown
 * for the engine to try again, any other ends the step with what happened and the next step.
 */
export function createStepRunner({ ledger, log, now, contextOf }: StepRunnerOptions): StepRunner {
  async function end(id: string, step: StepName, outcome: StepOutcome): Promise<StepOutcome['status']> {
    const { status, ...found } = outcome;
    await ledger.end(id, step, status, found);
    const error = outcome.status === 'failed' ? outcome.error : undefined;
    log(error ? 'warn' : 'info', `step ${status}`, {
      onboarding: id,
      step,
      ...(error && { code: error.code, ...metaFields(error) }),
    });
    return status;
  }

  return async (id, step, work) => {
    let attempt = 0;
    try {
      const before = await ledger.step(id, step);
      if (before && isOutcome(before.status)) return before.status;
      attempt = await ledger.start(id, step);
      // Each attempt before was cut off, or could not be written down.
      if (attempt > attempts[step]) return await end(id, step, { status: 'failed', error: broken });
      return await end(id, step, await work(await contextOf(id, attempt)));
    } catch (cause) {
      const { transient, error } = explain(cause);
      if (error === broken) log('error', 'step broke', { onboarding: id, step, detail: placeOf(cause) });
      if (attempt === 0) throw new RetryLater(error.code);
      if (!transient || attempt >= attempts[step]) return end(id, step, { status: 'failed', error });
      log('warn', 'step will be tried again', { onboarding: id, step, attempt, code: error.code });
      await ledger.postpone(id, step, now() + pauseAfter(attempt));
      throw new RetryLater(error.code);
    }
  };
}

const broken: StepError = {
  code: 'internal-error',
  message: 'The relay failed in this step.',
  hint: 'Start again in some minutes.',
};

function isOutcome(status: StepStatus): status is StepOutcome['status'] {
  return status === 'done' || status === 'skipped' || status === 'failed';
}

function explain(cause: unknown): { transient: boolean; error: StepError } {
  if (cause instanceof GraphError) return meaningOf(cause);
  if (cause instanceof SealError) {
    const hint = 'Restore the key in RELAY_KEY, or start the signup again.';
    return {
      transient: false,
      error: { code: cause.code, message: 'The stored access cannot be opened.', hint },
    };
  }
  return { transient: true, error: broken };
}
