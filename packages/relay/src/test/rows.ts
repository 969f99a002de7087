import type { TestContext } from 'node:test';
import type { Action, StepName } from 'whatsapp-embedded-signup/protocol';
import { parseDatabase } from '../settings/values.ts';
import type { Store } from '../store/store.ts';
import { openStore } from '../store/store.ts';
import type { Harness } from './harness.ts';

/** The relay's own tables, opened beside it. */
export async function storeOf(t: TestContext, relay: Harness): Promise<Store> {
  const database = parseDatabase(relay.env.DATABASE_URL ?? '');
  if (!database.ok) throw new Error(database.why);
  const store = await openStore(database.value);
  t.after(() => store.destroy());
  return store;
}

const tables = [
  'onboarding',
  'code',
  'step',
  'credential',
  'pin',
  'account',
  'credit',
  'outbox',
  'audit',
] as const;

/** Everything that is written down, to be compared with what is written down later. */
export async function everyRow(store: Store): Promise<Record<string, unknown>> {
  const rows: Record<string, unknown> = {};
  for (const table of tables) rows[table] = await store.selectFrom(table).selectAll().execute();
  return rows;
}

/** Has an onboarding that has ended wait for an answer, as if one of its steps had asked. */
export async function ask(store: Store, id: string, step: StepName, action: Action): Promise<void> {
  await store
    .updateTable('step')
    .set({ status: 'action_required', action: JSON.stringify(action) })
    .where('onboarding_id', '=', id)
    .where('name', '=', step)
    .execute();
  await store
    .updateTable('onboarding')
    .set({ status: 'action_required', ended_at: null })
    .where('id', '=', id)
    .execute();
}
