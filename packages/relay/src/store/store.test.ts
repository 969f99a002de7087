import assert from 'node:assert/strict';
import type { TestContext } from 'node:test';
import { test } from 'node:test';
import { databases } from '../test/databases.ts';
import { inTransaction, migrations } from './migrations/index.ts';
import type { Store } from './store.ts';
import { openStore } from './store.ts';

const pin = { portal: 'acme', phone_number_id: '1', sealed: 's1.x', created_at: 1_800_000_000_000 };

// What holds for the store, whichever of the two databases it is in.
for (const { name, skip, create } of databases) {
  const check = (what: string, body: (t: TestContext, store: Store) => Promise<void>): void => {
    test(`${name}: ${what}`, { skip }, async (t) => {
      const store = await openStore(await create(t));
      t.after(() => store.destroy());
      await body(t, store);
    });
  };

  test(`${name}: opening it again keeps what it holds`, { skip }, async (t) => {
    const database = await create(t);
    const first = await openStore(database);
    await first.insertInto('pin').values(pin).execute();
    await first.destroy();
    const second = await openStore(database);
    t.after(() => second.destroy());
    const kept = await second.selectFrom('pin').selectAll().execute();
    assert.deepEqual(
      kept.map((row) => ({ ...row })),
      [pin],
    );
  });

  check('whole numbers come back as numbers, also counted and compared', async (_, store) => {
    const { numInsertedOrUpdatedRows } = await store.insertInto('pin').values(pin).executeTakeFirst();
    assert.equal(numInsertedOrUpdatedRows, 1n);
    const found = await store
      .selectFrom('pin')
      .select((eb) => [eb.fn.countAll().as('count'), eb.fn.max('created_at').as('latest')])
      .where('created_at', '>=', pin.created_at)
      .executeTakeFirst();
    assert.deepEqual({ ...found }, { count: 1, latest: pin.created_at });
    const { numUpdatedRows } = await store
      .updateTable('pin')
      .set({ created_at: Number.MAX_SAFE_INTEGER })
      .where('portal', '=', 'nobody')
      .executeTakeFirst();
    assert.equal(numUpdatedRows, 0n);
    await store.updateTable('pin').set({ created_at: Number.MAX_SAFE_INTEGER }).execute();
    const { created_at } = await store.selectFrom('pin').select('created_at').executeTakeFirstOrThrow();
    assert.equal(created_at, Number.MAX_SAFE_INTEGER);
  });

  check('a text comes back as it went in', async (_, store) => {
    const sealed = `'";--\\ \n\t äöü 你好 🎉 {"a":[1]} ${'x'.repeat(100_000)}`;
    await store
      .insertInto('pin')
      .values({ ...pin, sealed })
      .execute();
    assert.equal((await store.selectFrom('pin').select('sealed').executeTakeFirst())?.sealed, sealed);
    assert.deepEqual(await store.selectFrom('pin').selectAll().where('portal', '=', 'ac\0me').execute(), []);
  });

  check('what would be stored as something else is refused, in the first place too', async (_, store) => {
    for (const value of [new Date(), { a: 1 }, undefined] as unknown as string[]) {
      for (const wrong of [{ portal: value }, { sealed: value }]) {
        const update = store.updateTable('pin').set(wrong).where('portal', '=', 'acme');
        const look = store.selectFrom('pin').selectAll().where('portal', '=', value);
        if (value !== undefined) await assert.rejects(update.execute(), /cannot be stored/);
        await assert.rejects(look.execute(), /cannot be stored/);
      }
    }
  });

  check('a transaction that throws leaves nothing', async (_, store) => {
    const failed = store.transaction().execute(async (trx) => {
      await trx.insertInto('pin').values(pin).execute();
      throw new Error('no');
    });
    await assert.rejects(failed, /no/);
    assert.deepEqual(await store.selectFrom('pin').selectAll().execute(), []);
  });

  check('a row of an onboarding that is not there is refused', async (_, store) => {
    const orphan = { onboarding_id: 'onb_none', sealed: 's1.x', expires_at: null, created_at: 1 };
    await assert.rejects(store.insertInto('credential').values(orphan).execute(), /foreign key/i);
  });

  check('of many that insert the same, one knows that it was the first', async (_, store) => {
    const won = await Promise.all(
      Array.from({ length: 20 }, (_each, n) =>
        store
          .insertInto('pin')
          .values({ ...pin, sealed: `s1.${n}` })
          .onConflict((conflict) => conflict.columns(['portal', 'phone_number_id']).doNothing())
          .returning('sealed')
          .executeTakeFirst(),
      ),
    );
    const first = won.filter((row) => row !== undefined);
    assert.equal(first.length, 1);
    assert.deepEqual(await store.selectFrom('pin').select('sealed').execute(), first);
  });

  check('a query that forgets its transaction is refused, and the store goes on', async (_, store) => {
    const forgetful = store.transaction().execute(async (trx) => {
      await trx.insertInto('pin').values(pin).execute();
      await store.selectFrom('pin').selectAll().execute();
    });
    await assert.rejects(forgetful, /did not use the transaction/);
    assert.deepEqual(await store.selectFrom('pin').selectAll().execute(), []);
  });

  test(`${name}: a migration that fails leaves nothing, and the file opens as before`, {
    skip,
  }, async (t) => {
    const database = await create(t);
    await (await openStore(database)).destroy();
    const halfDone = inTransaction(async (trx) => {
      await trx.schema.createTable('half').addColumn('id', 'text').execute();
      throw new Error('half-way');
    });
    await assert.rejects(openStore(database, { ...migrations, '9999-half': halfDone }), /half-way/);
    const whole = inTransaction(async (trx) => {
      await trx.schema.createTable('half').addColumn('id', 'text').execute();
    });
    // It would not, with the first try's table still there.
    const store = await openStore(database, { ...migrations, '9999-whole': whole });
    await store.destroy();
  });
}
