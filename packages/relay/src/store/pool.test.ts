import assert from 'node:assert/strict';
import type { TestContext } from 'node:test';
import { test } from 'node:test';
import { sql } from 'kysely';
import type { Sql } from 'postgres';
import { createSecret } from '../secret.ts';
import { connect, createDatabase, noPostgres } from '../test/postgres.ts';
import type { Store } from './store.ts';
import { openStore } from './store.ts';

const skip = noPostgres;
const pin = { portal: 'acme', phone_number_id: '1', sealed: 's1.x', created_at: 1 };

async function open(t: TestContext): Promise<{ store: Store; beside: Sql }> {
  const url = await createDatabase(t);
  const beside = connect(t, url);
  const store = await openStore({ kind: 'postgres', url: createSecret(url) });
  t.after(() => store.destroy());
  return { store, beside };
}

/** Cuts every other connection to this database, as its restart does. */
async function cutAll(beside: Sql): Promise<void> {
  await beside`SELECT pg_terminate_backend(pid, 2000) FROM pg_stat_activity
    WHERE datname = current_database() AND pid <> pg_backend_pid()`;
  // The ends of the connections are on their way to this process.
  await new Promise((resolve) => setTimeout(resolve, 50));
}

test('a connection that is lost within a transaction costs that transaction and nothing else', {
  skip,
}, async (t) => {
  const { store, beside } = await open(t);
  const lost = store.transaction().execute(async (trx) => {
    await trx.insertInto('pin').values(pin).execute();
    await cutAll(beside);
    // Over another connection it would stay, alone.
    await trx
      .insertInto('pin')
      .values({ ...pin, phone_number_id: '2' })
      .execute();
  });
  await assert.rejects(lost);
  assert.deepEqual(await store.selectFrom('pin').selectAll().execute(), []);
});

test('a connection that is lost during a query, or while nobody uses it, is replaced', {
  skip,
}, async (t) => {
  const { store, beside } = await open(t);
  for (let round = 0; round < 3; round++) {
    const waiting = Array.from({ length: 8 }, () => sql`SELECT pg_sleep(5)`.execute(store));
    await new Promise((resolve) => setTimeout(resolve, 100));
    // Eight over five connections: three have not begun, and are not cut.
    const [cut] = await Promise.all([Promise.allSettled(waiting.slice(0, 5)), cutAll(beside)]);
    assert.deepEqual(new Set(cut.map(({ status }) => status)), new Set(['rejected']));
    await Promise.all([Promise.allSettled(waiting), cutAll(beside)]);
    await cutAll(beside);
    assert.equal((await store.selectFrom('pin').selectAll().execute()).length, 0);
  }
});

test('more transactions at once than connections take their turns', { skip }, async (t) => {
  const { store, beside } = await open(t);
  await store.insertInto('pin').values(pin).execute();
  await Promise.all(
    Array.from({ length: 40 }, () =>
      store.transaction().execute(async (trx) => {
        const { created_at } = await trx
          .updateTable('pin')
          .set((eb) => ({ sealed: eb.ref('sealed') }))
          .returning('created_at')
          .executeTakeFirstOrThrow();
        await trx
          .updateTable('pin')
          .set({ created_at: created_at + 1 })
          .execute();
      }),
    ),
  );
  assert.equal((await store.selectFrom('pin').select('created_at').executeTakeFirst())?.created_at, 41);
  const [row] = await beside`SELECT count(*)::int AS open FROM pg_stat_activity
    WHERE datname = current_database() AND pid <> pg_backend_pid()`;
  assert.ok(row?.open <= 5, `${row?.open} connections`);
});
