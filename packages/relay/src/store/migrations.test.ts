import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { createSealer } from '../seal.ts';
import { createSecret } from '../secret.ts';
import { parseKeys } from '../settings/values.ts';
import { databaseEnv, databases } from '../test/databases.ts';
import { number, startFakeGraph } from '../test/fake-graph.ts';
import { startHarness } from '../test/harness.ts';
import { noPostgres } from '../test/postgres.ts';
import { migrations } from './migrations/index.ts';
import type { Store } from './store.ts';
import { openStore } from './store.ts';

/** SHA-256 of each migration that is released: what it did to databases out there, it will always have done. */
const released: Record<string, string> = {
  '0001-onboarding': '46e5a5798daf6e5375dc5ee20b2c6d31b3a3fe72c2b4ef40dccc6c1d4d005d2f',
};

test('no released migration was edited', () => {
  for (const [name, hash] of Object.entries(released)) {
    const source = readFileSync(new URL(`./migrations/${name}.ts`, import.meta.url));
    assert.equal(
      createHash('sha256').update(source).digest('hex'),
      hash,
      `${name} is released: write another`,
    );
  }
});

const key = Buffer.alloc(32, 7).toString('base64');

/** An onboarding as the first release had left it when it was killed: the token is there, `register` is not done. */
async function leaveUnfinished(store: Store): Promise<void> {
  const keys = parseKeys(key);
  assert.ok(keys.ok);
  const sealer = await createSealer(keys.value);
  const id = 'onb_old';
  const then = Date.now() - 60_000;
  // The columns of that release; today's type has more.
  await store
    .insertInto('onboarding')
    .values({
      id,
      session_id: 'session',
      portal: 'default',
      flow: 'standard',
      status: 'running',
      revision: 7,
      generation: 1,
      finish_event: 'FINISH',
      claimed_waba_id: '10001',
      claimed_phone_number_id: '20001',
      account: JSON.stringify({
        wabaId: '10001',
        phoneNumberId: '20001',
        businessId: null,
        messaging: 'unknown',
      }),
      number: JSON.stringify(number),
      created_at: then,
      updated_at: then,
    } as never)
    .execute();
  const step = { onboarding_id: id, status: 'done', attempts: 1, started_at: then, ended_at: then } as const;
  for (const name of ['exchange', 'inspect', 'subscribe'] as const) {
    await store
      .insertInto('step')
      .values({ ...step, name })
      .execute();
  }
  const sealed = await sealer.seal(createSecret('EAA-old'), { kind: 'business_token', row: id });
  await store
    .insertInto('credential')
    .values({ onboarding_id: id, sealed, created_at: 1 } as never)
    .execute();
}

for (const { name, skip, create } of databases) {
  test(`${name}: a database of the first release opens, and what it left unfinished goes on`, {
    skip,
  }, async (t) => {
    const database = await create(t);
    const { '0001-onboarding': first } = migrations;
    assert.ok(first);
    const old = await openStore(database, { '0001-onboarding': first });
    await leaveUnfinished(old);
    await old.destroy();

    const graph = await startFakeGraph(t);
    await startHarness(t, { ...graph.env, ...databaseEnv(database), RELAY_KEY: key });
    const store = await openStore(database);
    t.after(() => store.destroy());
    const end = async () =>
      await store.selectFrom('onboarding').select(['status', 'error']).executeTakeFirstOrThrow();
    while ((await end()).status === 'running') await new Promise((resolve) => setTimeout(resolve, 20));
    assert.equal((await end()).status, 'completed', (await end()).error ?? '');
    assert.equal(graph.count('POST /20001/register'), 1);
    assert.equal(graph.count('POST /10001/subscribed_apps'), 0);
  });
}

test('PostgreSQL: several that open an empty database at once all find it made', {
  skip: noPostgres,
}, async (t) => {
  const database = await databases[1]?.create(t);
  assert.ok(database);
  const stores = await Promise.all(Array.from({ length: 4 }, () => openStore(database)));
  for (const store of stores) {
    assert.deepEqual(await store.selectFrom('onboarding').selectAll().execute(), []);
    await store.destroy();
  }
});
