import assert from 'node:assert/strict';
import type { TestContext } from 'node:test';
import { test } from 'node:test';
import type { Environment } from '../../settings/source.ts';
import { onboardFromApp, startCoexistence } from '../../test/coexistence.ts';
import { databaseEnv, databases } from '../../test/databases.ts';
import { signup, startHarness } from '../../test/harness.ts';
import { storeOf } from '../../test/rows.ts';
import { fault } from '../../test/sandbox.ts';
import { createDeadlines } from './deadlines.ts';

const hour = 60 * 60 * 1000;

/** An onboarding from the app that stands at a failed subscription, or has ended, and a clock to move. */
async function begin(t: TestContext, how: 'fails' | 'ends', changes: Environment = {}) {
  let time = Date.now();
  const relay = await startCoexistence(t, { now: () => time }, changes);
  if (how === 'fails') {
    await fault(relay.sandbox, { match: { path: '*/subscribed_apps' }, kind: 'graph-error', code: 200 });
  }
  const { session, onboarding } = await onboardFromApp(relay);
  const ended = await relay.ended(session, onboarding.id);
  const store = await storeOf(t, relay);
  return {
    ended,
    /** Midnight of the story: when the code was exchanged. */
    exchangedAt: time,
    store,
    /** Two processes look at once. */
    async look(at: number) {
      time = at;
      const now = () => time;
      const looks = [createDeadlines({ store, now }).warnDue(), createDeadlines({ store, now }).warnDue()];
      return Promise.all(looks);
    },
    /** The steps that the backend was warned of, with the time of each. */
    async warned() {
      const rows = await store
        .selectFrom('outbox')
        .select('body')
        .where('type', '=', 'onboarding.action_required')
        .execute();
      const told = rows.map(({ body }) => JSON.parse(body).data);
      return told.sort((a, b) => a.deadline.step.localeCompare(b.deadline.step));
    },
    set: (changes: { status?: 'completed' | 'action_required'; account?: null }) =>
      store.updateTable('onboarding').set(changes).execute(),
  };
}

for (const { name, skip, create } of databases) {
  test(`six hours before contacts and history are out of reach the backend is told, once by any number of processes, on ${name}`, {
    skip,
  }, async (t) => {
    const { ended, exchangedAt, look, warned } = await begin(t, 'fails', databaseEnv(await create(t)));
    const at = exchangedAt + 18 * hour;
    assert.deepEqual(await look(at - 1), [at, at]);
    assert.deepEqual(await warned(), []);
    assert.deepEqual(await look(at), [null, null]);
    await look(at + hour);
    const end = new Date(exchangedAt + 24 * hour).toISOString();
    const told = { portal: 'default', reference: null, onboarding: ended };
    assert.deepEqual(await warned(), [
      { ...told, deadline: { step: 'sync_contacts', at: end } },
      { ...told, deadline: { step: 'sync_history', at: end } },
    ]);
  });
}

test('the relay itself wakes up for it', async (t) => {
  let time = Date.now();
  const relay = await startCoexistence(t, { now: () => time, sweepEvery: 50 });
  await fault(relay.sandbox, { match: { path: '*/subscribed_apps' }, kind: 'graph-error', code: 200 });
  const { session, onboarding } = await onboardFromApp(relay);
  await relay.ended(session, onboarding.id);
  const store = await storeOf(t, relay);
  time += 18 * hour;
  for (;;) {
    const types = await store.selectFrom('outbox').select('type').execute();
    if (types.some(({ type }) => type === 'onboarding.action_required')) break;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
});

test('nobody is warned of what is done, and such rows go', async (t) => {
  const { exchangedAt, look, warned, store } = await begin(t, 'ends');
  assert.equal((await store.selectFrom('deadline').selectAll().execute()).length, 2);
  await look(exchangedAt + 18 * hour);
  assert.deepEqual([await warned(), await store.selectFrom('deadline').selectAll().execute()], [[], []]);
});

test('nobody is warned of an onboarding that completed without them', async (t) => {
  const { exchangedAt, look, warned, set } = await begin(t, 'fails');
  await set({ status: 'completed' });
  await look(exchangedAt + 18 * hour);
  assert.deepEqual(await warned(), []);
});

test('nobody is warned of a signup whose account was never proved; it may still come to that', async (t) => {
  const { exchangedAt, look, warned, set } = await begin(t, 'fails');
  await set({ account: null });
  assert.deepEqual(await look(exchangedAt + 18 * hour), [null, null]);
  assert.deepEqual(await warned(), []);
  await set({ status: 'action_required' });
  await look(exchangedAt + 19 * hour);
  assert.equal((await warned()).length, 2);
});

test('nobody is warned of a signup whose access went to a later one, nor is it looked at for ever', async (t) => {
  const { exchangedAt, look, warned, store } = await begin(t, 'fails');
  await store.deleteFrom('credential').execute();
  await look(exchangedAt + 18 * hour);
  await look(exchangedAt + 24 * hour);
  assert.deepEqual([await warned(), await store.selectFrom('deadline').selectAll().execute()], [[], []]);
});

test('a number that waits for its PIN has fourteen days, and the backend is told a day before', async (t) => {
  let time = Date.now();
  const relay = await startHarness(t, {}, { now: () => time });
  const { onboarding } = await relay.onboard(signup(relay.sandbox, 'finish', { pin: '123456' }));
  const store = await storeOf(t, relay);
  const events = () =>
    store.selectFrom('outbox').select('body').where('type', '=', 'onboarding.action_required').execute();
  while ((await events()).length === 0) await new Promise((resolve) => setTimeout(resolve, 10));
  const end = time + 14 * 24 * hour;
  time = end - 24 * hour;
  await createDeadlines({ store, now: () => time }).warnDue();
  const told = (await events()).map(({ body }) => JSON.parse(body).data);
  const warnings = told.filter(({ deadline }) => deadline !== undefined);
  assert.deepEqual(
    warnings.map(({ onboarding: { id }, deadline }) => [id, deadline]),
    [[onboarding.id, { step: 'register', at: new Date(end).toISOString() }]],
  );
});
