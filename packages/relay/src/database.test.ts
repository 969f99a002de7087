import assert from 'node:assert/strict';
import { test } from 'node:test';
import { databaseEnv, databases } from './test/databases.ts';
import { claims, graphError, startFakeGraph } from './test/fake-graph.ts';
import { startHarness } from './test/harness.ts';
import { connect, createDatabase, noPostgres, password } from './test/postgres.ts';
import { runCli, startRelayProcess } from './test/process.ts';
import { storeOf } from './test/rows.ts';

const env = {
  META_APP_ID: '1',
  META_APP_SECRET: 'secret',
  META_CONFIG_ID: '2',
  RELAY_ORIGINS: 'https://acme.example',
  PORT: '0',
};
const key = (byte: number): string => Buffer.alloc(32, byte).toString('base64');

test('beside PostgreSQL a key must be set, in development too', async () => {
  const { code, output } = await runCli([], {
    ...env,
    META_APP_ID: 'x',
    DATABASE_URL: 'postgres://127.0.0.1:1/x',
  });
  assert.equal(code, 78);
  assert.match(output, /META_APP_ID/);
  assert.match(output, /RELAY_KEY is not set/);
});

test('a database that cannot be reached ends the start with one sentence, and without its password', async () => {
  const DATABASE_URL = `postgres://relay:${password}@127.0.0.1:1/customers`;
  const { code, output } = await runCli([], { ...env, DATABASE_URL, RELAY_KEY: key(1) });
  assert.equal(code, 1);
  assert.match(
    output,
    /^The relay could not start: the database at 127\.0\.0\.1:1\/customers .*ECONNREFUSED.*\n$/,
  );
});

test('a password whose slash was not escaped is not printed either', async () => {
  const DATABASE_URL = 'postgres://127.0.0.1:1/canary@127.0.0.1:1/customers';
  const { code, output } = await runCli([], { ...env, DATABASE_URL, RELAY_KEY: key(1) });
  assert.equal(code, 1);
  assert.match(output, /the database at 127\.0\.0\.1:1 cannot be used/);
  assert.doesNotMatch(output, /canary/);
});

test('a database that lets nobody in says so, without the password', { skip: noPostgres }, async (t) => {
  const url = await createDatabase(t);
  const wrong = url.replace(password, 'wrong-canary');
  const refused = await runCli([], { ...env, DATABASE_URL: wrong, RELAY_KEY: key(1) });
  assert.equal(refused.code, 1);
  assert.match(refused.output, /password authentication failed for user "relay".*DATABASE_URL/);
  const absent = await runCli([], { ...env, DATABASE_URL: `${url}_not`, RELAY_KEY: key(1) });
  assert.equal(absent.code, 1);
  assert.match(absent.output, /database ".*_not" does not exist/);
  assert.doesNotMatch(refused.output + absent.output, new RegExp(`${password}|wrong-canary`));
});

test('SIGTERM ends a relay on PostgreSQL, and its connections', { skip: noPostgres }, async (t) => {
  const url = await createDatabase(t);
  const relay = await startRelayProcess({ ...env, DATABASE_URL: url, RELAY_KEY: key(1) });
  assert.equal(await relay.terminate(), 0);
  assert.doesNotMatch(relay.output(), new RegExp(password));
  const [row] = await connect(t, url)`SELECT count(*)::int AS open FROM pg_stat_activity
    WHERE datname = current_database() AND pid <> pg_backend_pid()`;
  assert.equal(row?.open, 0);
});

test('a taken port ends the start on PostgreSQL too', { skip: noPostgres }, async (t) => {
  const first = await startRelayProcess({ ...env, DATABASE_URL: await createDatabase(t), RELAY_KEY: key(1) });
  t.after(() => first.kill());
  const { code, output } = await runCli([], {
    ...env,
    DATABASE_URL: await createDatabase(t),
    RELAY_KEY: key(1),
    PORT: new URL(first.url).port,
  });
  assert.equal(code, 1);
  assert.match(output, /port \d+ .* taken/);
});

for (const { name, skip, create } of databases) {
  test(`${name}: a key that stored values need is missed at the start, by its id`, { skip }, async (t) => {
    const graph = await startFakeGraph(t);
    const database = databaseEnv(await create(t));
    graph.on('POST /20001/register', (turn) => (turn === 1 ? graphError(2) : { json: { success: true } }));
    const relay = await startHarness(t, { ...graph.env, ...database, RELAY_KEY: `oldest_1:${key(1)}` });
    const { session, onboarding } = await relay.onboard({ code: 'a-code', ...claims });
    while (graph.count('POST /20001/register') === 0) await new Promise((resolve) => setTimeout(resolve, 10));
    await relay.relay.stop();

    // An id that only looks alike: "_" stands for any letter in some comparisons.
    const other = `oldestX1:${key(2)}`;
    const refused = await runCli([], { ...env, ...relay.env, RELAY_KEY: other });
    assert.equal(refused.code, 78);
    assert.match(refused.output, /RELAY_KEY does not name the key "oldest_1"/);
    assert.doesNotMatch(refused.output, /oldestX1"/);

    Object.assign(relay.env, { RELAY_KEY: `${other},oldest_1:${key(1)}` });
    await relay.restart();
    assert.equal((await relay.ended(session, onboarding.id)).status, 'completed');
  });
}

for (const { name, skip, create } of databases) {
  test(`${name}: another key under the id of the old one is noticed at the start`, { skip }, async (t) => {
    const database = databaseEnv(await create(t));
    const relay = await startHarness(t, { ...database, RELAY_KEY: key(1) });
    const { session, onboarding } = await relay.onboard();
    await relay.ended(session, onboarding.id);
    await relay.relay.stop();

    const refused = await runCli([], { ...relay.env, RELAY_KEY: key(2) });
    assert.equal(refused.code, 78);
    assert.match(refused.output, /RELAY_KEY has another key "k1"/);
    assert.ok(!refused.output.includes(key(2)));

    // One that can be told apart takes its place.
    Object.assign(relay.env, { RELAY_KEY: `k2:${key(2)},k1:${key(1)}` });
    await relay.restart();
    const again = await relay.onboard();
    assert.equal((await relay.ended(again.session, again.onboarding.id)).status, 'completed');
    // One damaged value among others is no other key.
    const store = await storeOf(t, relay);
    await store.updateTable('pin').set({ sealed: 's1.k1.AAAA.AAAA' }).execute();
    await relay.restart();
  });
}
