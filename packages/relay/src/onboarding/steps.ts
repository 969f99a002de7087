import type { StepError, StepName, StepStatus } from 'whatsapp-embedded-signup/protocol';
import { pauseAfter, RetryLater } from '../engine/engine.ts';
import type { Graph } from '../graph/client.ts';
import { GraphError } from '../graph/error.ts';
import type { Meaning } from '../graph/meaning.ts';
import { meaningOf } from '../graph/meaning.ts';
import type { Hub } from '../hub.ts';
import { type Log, metaFields, placeOf } from '../log.ts';
import type { Sealer } from '../seal.ts';
import { SealError } from '../seal.ts';
import type { Secret } from '../secret.ts';
import type { Portal } from '../settings/settings.ts';
import type { OnboardingRow, StepRow } from '../store/schema.ts';
import type { Store } from '../store/store.ts';
import type { Attempt, Ledger, StepEnd } from './ledger.ts';
import type { Reached } from './points.ts';

/** What a step works with. */
export interface StepContext {
  row: OnboardingRow;
  /** The step's own row: what an earlier attempt or a person has left for it. */
  step: StepRow;
  portal: Portal;
  graph: Graph;
  /** The customer's business token, unsealed for this attempt. */
  token: Secret;
  /** From 1; an answer or a resume begins anew. */
  attempt: number;
  store: Store;
  sealer: Sealer;
  hub: Hub;
  now: () => number;
  reached: Reached;
  log: Log;
}

/** What a step came to. A failure that waiting cannot mend is a result, not an exception. */
export type StepOutcome =
  | ({ status: 'done' } & Pick<StepEnd, 'account' | 'number' | 'plan' | 'result' | 'also'>)
  | ({ status: 'skipped' } & Pick<StepEnd, 'result' | 'also'>)
  | ({ status: 'failed'; error: StepError } & Pick<StepEnd, 'result' | 'also'>)
  /** A person has to answer (`action`), or a time has to come (`retryAt`, milliseconds since 1970). */
  | ({ status: 'action_required' } & Pick<
      StepEnd,
      'action' | 'retryAt' | 'error' | 'result' | 'keepInput' | 'account' | 'number' | 'plan' | 'also'
    >);

/** How a step ended; `overtaken` where somebody else does what is left. */
export type StepResult = StepOutcome['status'] | 'overtaken';

export type StepWork = (context: StepContext) => Promise<StepOutcome>;

export interface StepRunnerOptions {
  ledger: Ledger;
  log: Log;
  now: () => number;
  reached: Reached;
  contextOf: (onboardingId: string, name: StepName, attempt: number) => Promise<StepContext>;
}

/**
 * How often a step is tried in all, whatever becomes of the process and the engine in between; an answer or a
 * resume begins to count anew. Meta allows ten registrations of a number in 72 hours, so one run takes no more than
 * half of them; and nobody should wait minutes for `confirm`, which only reads again what is known.
 */
const attempts: Record<StepName, number> = {
  exchange: 1,
  inspect: 8,
  subscribe: 8,
  register: 5,
  assign_system_user: 5,
  share_credit: 5,
  sync_contacts: 8,
  sync_history: 8,
  confirm: 3,
};

export type StepRunner = (
  id: string,
  generation: number,
  name: StepName,
  work: StepWork,
) => Promise<StepResult>;

/**
 * Runs a step by the ledger: what has ended stays so, each attempt that sent something is counted, an error that may
 * pass is thrown for the engine to try again, one that needs a longer wait parks the step until then, any other ends
 * it with what happened and the next step.
 */
export function createStepRunner(options: StepRunnerOptions): StepRunner {
  const { ledger, log, now, reached, contextOf } = options;

  async function end(attempt: Attempt, outcome: StepOutcome): Promise<StepResult> {
    const { id, step } = attempt;
    const { status, ...found } = outcome;
    reached(`after:${step}.call`, id);
    if (!(await ledger.end(attempt, status, found))) return 'overtaken';
    reached(`after:${step}.commit`, id);
    const error = 'error' in outcome ? outcome.error : undefined;
    log(status === 'failed' ? 'warn' : 'info', `step ${status}`, {
      onboarding: id,
      step,
      ...(error && { code: error.code, ...metaFields(error) }),
    });
    return status;
  }

  return async (id, generation, step, work) => {
    let number: number | null = 0;
    let most = attempts[step];
    const attempt = (): Attempt => ({ id, step, generation, number: number ?? 0 });
    try {
      const before = await ledger.step(id, step);
      if (before && isOutcome(before.status)) return before.status;
      most += before?.unsent ?? 0;
      number = await ledger.start(id, step, generation);
      if (number === null) return 'overtaken';
      // Each attempt before was cut off, or could not be written down.
      if (number > most) return await end(attempt(), { status: 'failed', error: broken });
      return await end(attempt(), await work(await contextOf(id, step, number)));
    } catch (cause) {
      const { transient, waitMs, error } = explain(cause);
      if (error === broken) log('error', 'step broke', { onboarding: id, step, detail: placeOf(cause) });
      if (!number) throw new RetryLater(error.code);
      if (number < most && waitMs !== undefined && waitMs > pauseAfter(number)) {
        const retryAt = now() + waitMs;
        return end(attempt(), { status: 'action_required', retryAt, error, keepInput: true });
      }
      const unsent = cause instanceof GraphError && cause.failure.unsent === true;
      if (!unsent && (!transient || number >= most)) return end(attempt(), { status: 'failed', error });
      if (!(await ledger.postpone(attempt(), now() + pauseAfter(number), unsent))) return 'overtaken';
      log('warn', 'step will be tried again', { onboarding: id, step, attempt: number, code: error.code });
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
  return status !== 'pending' && status !== 'running';
}

function explain(cause: unknown): Meaning {
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
