import type { Transaction } from 'kysely';
import type { Tables } from '../../store/schema.ts';
import type { Store } from '../../store/store.ts';
import { lockOnboarding, touch } from '../ledger.ts';
import { noteSyncDeadlines } from '../sync/deadlines.ts';

/** A token as the store keeps it. */
export interface SealedToken {
  sealed: string;
  /** Milliseconds since 1970; null: never, or not known yet. */
  expiresAt: number | null;
  /** Milliseconds since 1970; left out where the customer's own code brought it. */
  recoveredAt?: number;
}

/**
 * Commits the token that an exchange gave, and with it that the onboarding runs. Whatever had been written of the
 * exchange in the meantime, that it was given up for lost above all, is overtaken. Gives the generation to run.
 */
export async function keepToken(store: Store, id: string, token: SealedToken, time: number): Promise<number> {
  return store.transaction().execute((trx) => putToken(trx, id, token, time, time));
}

/**
 * The same, in a transaction of its caller.
 *
 * @param exchangedAt when Meta took the code: the times that it allows for what follows run from there
 */
export async function putToken(
  trx: Transaction<Tables>,
  id: string,
  { sealed, expiresAt, recoveredAt }: SealedToken,
  exchangedAt: number,
  time: number,
): Promise<number> {
  await lockOnboarding(trx, id);
  const token = { sealed, expires_at: expiresAt, recovered_at: recoveredAt ?? null, created_at: time };
  await trx
    .insertInto('credential')
    .values({ onboarding_id: id, ...token })
    .onConflict((conflict) => conflict.column('onboarding_id').doUpdateSet(token))
    .execute();
  await trx
    .updateTable('step')
    .set({ status: 'done', ended_at: exchangedAt, error: null })
    .where('onboarding_id', '=', id)
    .where('name', '=', 'exchange')
    .execute();
  await touch(trx, id, time, { status: 'running', error: null, ended_at: null });
  const row = await trx
    .selectFrom('onboarding')
    .select(['id', 'generation', 'plan'])
    .where('id', '=', id)
    .executeTakeFirstOrThrow();
  await noteSyncDeadlines(trx, row, exchangedAt);
  return row.generation;
}
