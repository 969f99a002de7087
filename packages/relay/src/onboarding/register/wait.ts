import type { Transaction } from 'kysely';
import { GraphError } from '../../graph/error.ts';
import { meaningOf } from '../../graph/meaning.ts';
import { dayMs } from '../../graph/table/row.ts';
import type { Tables } from '../../store/schema.ts';
import { exchangedAt } from '../exchange/exchanged-at.ts';
import type { StepContext, StepOutcome } from '../steps.ts';

/** What `register` has to know of itself at its next attempt. Kept in the step's row, so no secret is in it. */
export interface Memory {
  /** Waits for a time because of wrong PINs, with no other PIN to try then. */
  pinSpent?: boolean;
  /** A verification code was sent and is awaited. */
  codeSent?: boolean;
  /** Wrong codes since it was sent. */
  wrongCodes?: number;
  /** Meta sends no further code before, in milliseconds since 1970. */
  noCodeBefore?: number;
}

export function memoryOf({ step }: StepContext): Memory {
  return step.result === null ? {} : (JSON.parse(step.result) as Memory);
}

/** Meta: Embedded Signup › Onboarding business customers as a Tech Provider: then the customer has to sign up again. */
const WINDOW_MS = 14 * dayMs;

/** The site's backend is told a day before, so that somebody can still be reached. */
const WARNING_MS = dayMs;

/** When it is too late to register the number of this signup, in milliseconds since 1970. */
export async function windowEndOf({ store, row }: StepContext): Promise<number> {
  return (await exchangedAt(store, row)) + WINDOW_MS;
}

/** The number that `register` is about, and until when that has a point, in milliseconds since 1970. */
export interface Target {
  phoneNumberId: string;
  windowEnd: number;
}

type Waiting = Extract<StepOutcome, { status: 'action_required' }>;
type Ending = (trx: Transaction<Tables>) => Promise<void>;

/**
 * Waits for a person or a time, and writes down until when that has a point. The wait is no failed attempt: what
 * bounds it is that time, and the number's own limits.
 */
export function wait(
  { row }: StepContext,
  { windowEnd }: Target,
  what: Omit<Waiting, 'status' | 'result' | 'also'> & { memory?: Memory; also?: Ending },
): StepOutcome {
  const { memory = {}, also, retryAt = null, ...rest } = what;
  return {
    status: 'action_required',
    ...rest,
    retryAt: retryAt === null ? null : Math.min(retryAt, windowEnd),
    result: { ...memory },
    also: async (trx) => {
      await also?.(trx);
      await trx
        .insertInto('deadline')
        .values({ onboarding_id: row.id, step: 'register', at: windowEnd, warn_at: windowEnd - WARNING_MS })
        .onConflict((conflict) => conflict.columns(['onboarding_id', 'step']).doNothing())
        .execute();
      await trx
        .updateTable('step')
        .set({ attempts: 0, unsent: null })
        .where('onboarding_id', '=', row.id)
        .where('name', '=', 'register')
        .execute();
    },
  };
}

/** A shorter wait is one more try, and counts as one: nothing may go on by seconds for days. */
const WORTH_WAITING_MS = 60_000;

/**
 * Waits as long as Meta wants it, where that is long; else gives null, and the step runner sees to it.
 * What a person answered, and what is known, is kept for then.
 */
export function waitForMeta(context: StepContext, target: Target, cause: unknown): StepOutcome | null {
  if (!(cause instanceof GraphError)) return null;
  const { error, waitMs = 0 } = meaningOf(cause);
  if (waitMs < WORTH_WAITING_MS) return null;
  const retryAt = context.now() + waitMs;
  return wait(context, target, { error, retryAt, keepInput: true, memory: memoryOf(context) });
}
