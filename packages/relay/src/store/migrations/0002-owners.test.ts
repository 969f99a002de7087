import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Kysely, SqliteDialect } from 'kysely';
import type { Tables } from '../schema.ts';
import { openSqlite } from '../sqlite.ts';
import { createTables } from './0001-onboarding.ts';
import { addLife } from './0002-resume.ts';

test('what was connected before there were owners has one', async (t) => {
  const store = new Kysely<Tables>({ dialect: new SqliteDialect({ database: openSqlite(':memory:') }) });
  t.after(() => store.destroy());
  await createTables(store);
  const onboard = async (id: string, status: string, wabaId: string | null, created_at: number) => {
    const row = { id, session_id: id, portal: 'acme', flow: 'standard', status, revision: 1, generation: 1 };
    const account = wabaId && JSON.stringify({ wabaId, businessId: '7', phoneNumberId: null });
    const ended_at = status === 'running' ? null : created_at + 1;
    await store
      .insertInto('onboarding')
      .values({ ...row, account, created_at, updated_at: created_at, ended_at } as never)
      .execute();
  };
  await onboard('onb_1', 'completed', '1', 10);
  await onboard('onb_2', 'completed', '1', 20);
  await onboard('onb_3', 'running', '2', 30);
  await onboard('onb_4', 'failed', '3', 40);
  await onboard('onb_5', 'running', null, 50);
  await addLife(store);
  const accounts = await store
    .selectFrom('account')
    .select(['waba_id', 'portal', 'reference', 'onboarding_id', 'connected_at'])
    .orderBy('waba_id')
    .execute();
  assert.deepEqual(
    accounts.map((row) => Object.values(row)),
    [
      ['1', 'acme', null, 'onb_2', 21],
      ['2', 'acme', null, 'onb_3', null],
    ],
  );
});
