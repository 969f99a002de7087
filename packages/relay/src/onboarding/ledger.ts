import type { Transaction } from 'kysely';
import type { Account, Action, StepError, StepName, StepStatus } from 'whatsapp-embedded-signup/protocol';
import type { PhoneNumber } from '../graph/calls.ts';
import type { Hub } from '../hub.ts';
import type { OnboardingRow, StepRow, Tables } from '../store/schema.ts';
import type { Store } from '../store/store.ts';

/** The only writer of what happened in an onboarding. Every change raises its revision and tells who waits. */
export interface Ledger {
  step(onboardingId: string, name: StepName): Promise<StepRow | undefined>;
  steps(onboardingId: string): Promise<StepRow[]>;
  /**
   * Marks a step as running, counts the attempt, and gives its number; null where a newer run has taken over, so
   * that a process which slept through its lease sends nothing any more.
   */
  start(onboardingId: string, name: StepName, generation: number): Promise<number | null>;
  /** Writes how an attempt ended; false, and nothing is written, where another has begun since. */
  end(attempt: Attempt, status: StepStatus, more?: StepEnd): Promise<boolean>;
  /**
   * Ends an exchange without a token, and with it the onboarding: both, or neither where it has moved on, or has
   * another revision than the one that was looked at.
   */
  abort(onboardingId: string, name: StepName, error: StepError, revision?: number): Promise<void>;
  /**
   * The step will be tried again at `retryAt`; false where another attempt has begun since.
   *
   * @param unsent whether the attempt sent nothing, so that it uses up no try
   */
  postpone(attempt: Attempt, retryAt: number, unsent: boolean): Promise<boolean>;
  /** Whether the onboarding still runs, and this generation is its newest. */
  isCurrent(onboardingId: string, generation: number): Promise<boolean>;
  /** Counts the generation up, for a run that replaces a lost one; false where the onboarding has moved on. */
  renew(onboardingId: string, generation: number): Promise<boolean>;
}

/**
 * One attempt at a step. A process that was suspended, or lost its lease, wakes up in the middle of a call that
 * another has repeated: what it comes back with is no longer what happened.
 */
export interface Attempt {
  id: string;
  step: StepName;
  generation: number;
  /** From 1, as `start` gave it. */
  number: number;
}

/** What a step writes down at its end, all of it or nothing. */
export interface StepEnd {
  error?: StepError;
  account?: Account;
  number?: PhoneNumber | null;
  /** The steps of this onboarding, once they are known. */
  plan?: readonly StepName[];
  /** Without secrets: what a later attempt, or another step, has to know. */
  result?: Record<string, unknown>;
  action?: Action | null;
  /** Milliseconds since 1970. */
  retryAt?: number | null;
  /** The answer of a person has not been used yet, and the next attempt needs it. */
  keepInput?: boolean;
  /** Further rows that belong to this end. */
  also?: (trx: Transaction<Tables>) => Promise<void>;
}

export interface LedgerOptions {
  store: Store;
  hub: Hub;
  now: () => number;
}

export function createLedger({ store, hub, now }: LedgerOptions): Ledger {
  /** Writes for an attempt, while it is the one that counts. */
  async function write(
    attempt: Attempt,
    change: (trx: Transaction<Tables>) => Promise<Partial<OnboardingRow>>,
  ): Promise<boolean> {
    const { id } = attempt;
    const written = await store.transaction().execute(async (trx) => {
      if (!(await counts(trx, attempt))) return false;
      await touch(trx, id, now(), await change(trx));
      return true;
    });
    if (written) hub.publish(id);
    return written;
  }

  return {
    step: (id, name) =>
      store
        .selectFrom('step')
        .selectAll()
        .where('onboarding_id', '=', id)
        .where('name', '=', name)
        .executeTakeFirst(),

    steps: (id) => store.selectFrom('step').selectAll().where('onboarding_id', '=', id).execute(),

    async start(id, name, generation) {
      const attempt = await store.transaction().execute(async (trx) => {
        const row = await lockOnboarding(trx, id);
        if (row?.status !== 'running' || row.generation !== generation) return null;
        await touch(trx, id, now());
        return markRunning(trx, id, name, now());
      });
      if (attempt !== null) hub.publish(id);
      return attempt;
    },

    async end(attempt, status, { error, action, retryAt, result, keepInput, also, ...found } = {}) {
      return write(attempt, async (trx) => {
        await updateStep(trx, attempt.id, attempt.step, {
          status,
          ended_at: status === 'action_required' ? null : now(),
          error: toJson(error),
          action: toJson(action),
          retry_at: retryAt ?? null,
          ...(result && { result: JSON.stringify(result) }),
          ...(!keepInput && { input: null }),
        });
        await also?.(trx);
        const { account, number, plan } = found;
        return {
          ...(account && { account: JSON.stringify(account) }),
          ...(number && { number: JSON.stringify(number) }),
          ...(plan && { plan: JSON.stringify(plan) }),
        };
      });
    },

    async abort(id, name, error, revision) {
      const ending = { status: 'failed', error: JSON.stringify(error), ended_at: now() } as const;
      await store.transaction().execute(async (trx) => {
        const row = await lockOnboarding(trx, id);
        if (row?.status !== 'exchanging' || row.revision !== (revision ?? row.revision)) return;
        await updateStep(trx, id, name, ending);
        await touch(trx, id, ending.ended_at, ending);
      });
      hub.publish(id);
    },

    postpone: (attempt, retryAt, unsent) =>
      write(attempt, async (trx) => {
        await updateStep(trx, attempt.id, attempt.step, { retry_at: retryAt });
        if (unsent) {
          await trx
            .updateTable('step')
            .set((eb) => ({ unsent: eb(eb.fn.coalesce('unsent', eb.lit(0)), '+', 1) }))
            .where('onboarding_id', '=', attempt.id)
            .where('name', '=', attempt.step)
            .execute();
        }
        return {};
      }),

    async isCurrent(id, generation) {
      const row = await store
        .selectFrom('onboarding')
        .select(['status', 'generation'])
        .where('id', '=', id)
        .executeTakeFirst();
      return row?.status === 'running' && row.generation === generation;
    },

    async renew(id, generation) {
      const { numUpdatedRows } = await store
        .updateTable('onboarding')
        .set({ generation: generation + 1, updated_at: now() })
        .where('id', '=', id)
        .where('generation', '=', generation)
        .where('status', '=', 'running')
        .executeTakeFirst();
      return numUpdatedRows > 0n;
    },
  };
}

async function counts(trx: Transaction<Tables>, attempt: Attempt): Promise<boolean> {
  const row = await lockOnboarding(trx, attempt.id);
  if (row?.status !== 'running' || row.generation !== attempt.generation) return false;
  const step = await trx
    .selectFrom('step')
    .select(['status', 'attempts'])
    .where('onboarding_id', '=', attempt.id)
    .where('name', '=', attempt.step)
    .executeTakeFirst();
  return step?.status === 'running' && step.attempts === attempt.number;
}

function toJson(value: object | null | undefined): string | null {
  return value ? JSON.stringify(value) : null;
}

async function updateStep(
  trx: Transaction<Tables>,
  id: string,
  name: StepName,
  changes: Partial<StepRow>,
): Promise<void> {
  await trx
    .updateTable('step')
    .set(changes)
    .where('onboarding_id', '=', id)
    .where('name', '=', name)
    .execute();
}

/**
 * Reads an onboarding and keeps it to this transaction until its end. An update that changes nothing is the one way
 * to say so that both databases know; what is decided by a row has to be read so.
 */
export async function lockOnboarding(
  trx: Transaction<Tables>,
  id: string,
): Promise<OnboardingRow | undefined> {
  return trx
    .updateTable('onboarding')
    .set((eb) => ({ revision: eb.ref('revision') }))
    .where('id', '=', id)
    .returningAll()
    .executeTakeFirst();
}

/** Raises the revision in the transaction of the change that it belongs to. */
export async function touch(
  trx: Transaction<Tables>,
  id: string,
  time: number,
  changes: Partial<OnboardingRow> = {},
): Promise<void> {
  await trx
    .updateTable('onboarding')
    .set((eb) => ({ ...changes, revision: eb('revision', '+', 1), updated_at: time }))
    .where('id', '=', id)
    .execute();
}

/** Marks a step as running in a transaction of its caller; gives the number of this attempt, from 1. */
export async function markRunning(
  trx: Transaction<Tables>,
  id: string,
  name: StepName,
  time: number,
): Promise<number> {
  const row = await trx
    .insertInto('step')
    .values({ onboarding_id: id, name, status: 'running', attempts: 1, started_at: time })
    .onConflict((conflict) =>
      conflict.columns(['onboarding_id', 'name']).doUpdateSet((eb) => ({
        status: 'running',
        attempts: eb('step.attempts', '+', 1),
        error: null,
        action: null,
        ended_at: null,
        retry_at: null,
      })),
    )
    .returning('attempts')
    .executeTakeFirstOrThrow();
  return row.attempts;
}
