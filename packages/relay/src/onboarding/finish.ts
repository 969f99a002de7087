import type { Transaction } from 'kysely';
import type { Onboarding, StepError, StepName } from 'whatsapp-embedded-signup/protocol';
import type { Hub } from '../hub.ts';
import type { EventType } from '../store/events.ts';
import { announce } from '../store/events.ts';
import type { OnboardingRow, StepRow, Tables } from '../store/schema.ts';
import type { Store } from '../store/store.ts';
import { lockOnboarding, touch } from './ledger.ts';
import { readView } from './view.ts';

/** A failure of one of these ends the onboarding; the others may fail and say so. */
export const required: ReadonlySet<StepName> = new Set(['exchange', 'inspect', 'subscribe', 'register']);

type Ending = 'completed' | 'failed' | 'action_required';

/** Ends a run, by what the ledger says of its steps; gives how, or that a newer run has taken over. */
export type Finish = (id: string, generation: number) => Promise<Ending | 'overtaken'>;

const events: Record<Ending, EventType> = {
  completed: 'onboarding.completed',
  failed: 'onboarding.failed',
  action_required: 'onboarding.action_required',
};

export interface FinishOptions {
  store: Store;
  hub: Hub;
  now: () => number;
}

/** The status, the account's connection and the event that tells of both are written together. */
export function createFinish({ store, hub, now }: FinishOptions): Finish {
  return async (id, generation) => {
    const ending = await store.transaction().execute(async (trx) => {
      const row = await lockOnboarding(trx, id);
      if (row?.status !== 'running' || row.generation !== generation) return 'overtaken' as const;
      const steps = await trx.selectFrom('step').selectAll().where('onboarding_id', '=', id).execute();
      const { status, error } = endingOf(steps);
      await touch(trx, id, now(), {
        status,
        error: error && JSON.stringify(error),
        ended_at: status === 'action_required' ? null : now(),
      });
      await tell(trx, row, status, steps, now());
      return status;
    });
    hub.publish(id);
    return ending;
  };
}

function endingOf(steps: readonly StepRow[]): { status: Ending; error: StepError | null } {
  const failed = steps.find((step) => step.status === 'failed' && required.has(step.name));
  if (failed) return { status: 'failed', error: failed.error ? JSON.parse(failed.error) : null };
  if (steps.some((step) => step.status === 'action_required'))
    return { status: 'action_required', error: null };
  return { status: 'completed', error: null };
}

/** What the site's backend is told. An account that was connected before is renewed, and nothing new. */
async function tell(
  trx: Transaction<Tables>,
  row: OnboardingRow,
  status: Ending,
  steps: readonly StepRow[],
  time: number,
): Promise<void> {
  const view = (await readView(trx, row.id)) as Onboarding;
  const { portal, reference } = row;
  await announce(trx, { portal, type: events[status], data: { reference, onboarding: view } }, time);
  if (status !== 'completed' || view.account === null) return;
  const account = await trx
    .selectFrom('account')
    .selectAll()
    .where('waba_id', '=', view.account.wabaId)
    .executeTakeFirst();
  if (!account || account.onboarding_id !== row.id) return;
  await trx
    .updateTable('account')
    .set({ connected_at: time, updated_at: time, phone_number_id: view.account.phoneNumberId })
    .where('waba_id', '=', account.waba_id)
    .execute();
  // Resumed after its end, an onboarding connects nothing anew.
  const inspected = steps.find(({ name }) => name === 'inspect')?.ended_at ?? time;
  if (account.connected_at !== null && account.connected_at > inspected) return;
  const type = account.connected_at === null ? 'account.connected' : 'account.reconnected';
  await announce(trx, { portal, type, data: { reference, account: view.account } }, time);
}
