import type { Transaction } from 'kysely';
import type { StepName } from 'whatsapp-embedded-signup/protocol';
import { dayMs, hourMs } from '../../graph/table/row.ts';
import { announce } from '../../store/events.ts';
import type { DeadlineRow, OnboardingRow, StepRow, Tables } from '../../store/schema.ts';
import type { Store } from '../../store/store.ts';
import { exchangedAt as readExchangedAt } from '../exchange/exchanged-at.ts';
import { lockOnboarding } from '../ledger.ts';
import { planOf } from '../plan.ts';
import { readView } from '../view.ts';

/** Meta: Embedded Signup › Onboard WhatsApp Business app users: both syncs within 24 hours. */
const SYNC_WINDOW_MS = dayMs;

/** How long before its end the site's backend is told: a working day's part, in which a person can act. */
const SYNC_NOTICE_MS = 6 * hourMs;

const syncSteps: readonly StepName[] = ['sync_contacts', 'sync_history'];

/** When it is too late for the syncs of an onboarding, in milliseconds since 1970. */
export async function syncEnds(store: Store, row: OnboardingRow): Promise<number> {
  return (await readExchangedAt(store, row)) + SYNC_WINDOW_MS;
}

/**
 * Writes down until when contacts and history can be asked for, where the signup is to bring them. Belongs to the
 * transaction that ends the exchange: whatever the onboarding then waits for, its time runs.
 */
export async function noteSyncDeadlines(
  trx: Transaction<Tables>,
  row: Pick<OnboardingRow, 'id' | 'plan'>,
  exchangedAt: number,
): Promise<void> {
  const at = exchangedAt + SYNC_WINDOW_MS;
  for (const step of planOf(row).filter((name) => syncSteps.includes(name))) {
    const times = { at, warn_at: at - SYNC_NOTICE_MS, warned_at: null };
    await trx
      .insertInto('deadline')
      .values({ onboarding_id: row.id, step, ...times })
      .onConflict((conflict) => conflict.columns(['onboarding_id', 'step']).doUpdateSet(times))
      .execute();
  }
}

export interface Deadlines {
  /**
   * Tells the site's backend, once, of each step whose time runs out. Gives when the next one has to be told, in
   * milliseconds since 1970; null where none has.
   */
  warnDue(): Promise<number | null>;
}

export function createDeadlines({ store, now }: { store: Store; now: () => number }): Deadlines {
  return {
    async warnDue() {
      const time = now();
      const due = await store
        .selectFrom('deadline')
        .selectAll()
        .where('warned_at', 'is', null)
        .where('warn_at', '<=', time)
        .execute();
      for (const deadline of due) await store.transaction().execute((trx) => warn(trx, deadline, time));
      const { next } = await store
        .selectFrom('deadline')
        .select((eb) => eb.fn.min('warn_at').as('next'))
        .where('warned_at', 'is', null)
        .where('warn_at', '>', time)
        .executeTakeFirstOrThrow();
      return next;
    },
  };
}

async function warn(trx: Transaction<Tables>, deadline: DeadlineRow, time: number): Promise<void> {
  const { onboarding_id: id, step, at } = deadline;
  const row = await lockOnboarding(trx, id);
  if (!row) return;
  const progress = await trx
    .selectFrom('step')
    .select('status')
    .where('onboarding_id', '=', id)
    .where('name', '=', step)
    .executeTakeFirst();
  const isWaiting = await isWanted(trx, row);
  if (isOver(row, step, progress) || (!isWaiting && at <= time)) {
    await trx.deleteFrom('deadline').where('onboarding_id', '=', id).where('step', '=', step).execute();
    return;
  }
  if (!isWaiting) return;
  // Of several processes that look at the same time, one has the word.
  const { numUpdatedRows } = await trx
    .updateTable('deadline')
    .set({ warned_at: time })
    .where('onboarding_id', '=', id)
    .where('step', '=', step)
    .where('warned_at', 'is', null)
    .executeTakeFirst();
  if (numUpdatedRows === 0n) return;
  const onboarding = await readView(trx, id);
  const data = {
    reference: row.reference,
    onboarding,
    deadline: { step, at: new Date(at).toISOString() },
  };
  await announce(trx, { portal: row.portal, type: 'onboarding.action_required', data }, time);
}

/** Nothing of this step can be missed any more. */
function isOver(row: OnboardingRow, step: StepName, progress: Pick<StepRow, 'status'> | undefined): boolean {
  if (row.status === 'completed' || !planOf(row).includes(step)) return true;
  return progress?.status === 'done' || progress?.status === 'skipped';
}

/**
 * Whether somebody can still do something about it. A signup that failed before its account was proved cannot go
 * on, nor one whose access went to a later signup.
 */
async function isWanted(trx: Transaction<Tables>, { id, status, account }: OnboardingRow): Promise<boolean> {
  if (status !== 'failed') return true;
  if (account === null) return false;
  const access = await trx
    .selectFrom('credential')
    .select('onboarding_id')
    .where('onboarding_id', '=', id)
    .executeTakeFirst();
  return access !== undefined;
}
