import assert from 'node:assert/strict';
import { test } from 'node:test';
import { connect, startSite, told } from '../../test/customers.ts';
import { signup } from '../../test/harness.ts';
import { storeOf } from '../../test/rows.ts';
import { graphCalls } from '../../test/sandbox.ts';

const DAY_MS = 24 * 60 * 60 * 1000;

test('a reconnection renews the token, with its new end', async (t) => {
  const relay = await startSite(t);
  const store = await storeOf(t, relay);
  await relay.sandbox.control('app', { tokenDays: 60 });
  const finished = signup(relay.sandbox);
  const reconnect = finished.ids?.wabaId ?? '';
  await (await connect(relay, {}, finished)).rested();
  await relay.sandbox.control('clock', { advanceMs: 50 * DAY_MS });
  const second = await connect(relay, { reconnect }, signup(relay.sandbox, 'finish', { wabaId: reconnect }));
  assert.equal((await second.rested()).status, 'completed');
  const [token, ...others] = await store.selectFrom('credential').selectAll().execute();
  assert.deepEqual([token?.onboarding_id, others], [second.id, []]);
  const days = ((token?.expires_at ?? 0) - Date.now()) / DAY_MS;
  assert.ok(Math.abs(days - 110) < 1, `${days} days, of which 50 are the sandbox’s`);
  assert.equal((await told(store)).at(-1), 'account.reconnected of customer-1');
});

test('a signup that ends with another account than the one to be renewed fails', async (t) => {
  const relay = await startSite(t);
  const finished = signup(relay.sandbox);
  await (await connect(relay, {}, finished)).rested();
  const before = (await graphCalls(relay.sandbox)).filter((call) => call.includes('subscribed_apps')).length;
  for (const request of [signup(relay.sandbox), { ...signup(relay.sandbox), event: 'FINISH', ids: {} }]) {
    const second = await connect(relay, { reconnect: finished.ids?.wabaId ?? '' }, request);
    const failed = await second.rested();
    assert.deepEqual([failed.status, failed.error?.code], ['failed', 'reconnect-mismatch']);
  }
  const after = (await graphCalls(relay.sandbox)).filter((call) => call.includes('subscribed_apps')).length;
  assert.equal(after, before);
});

test('of several accounts that nobody named the one to be renewed is meant', async (t) => {
  const relay = await startSite(t);
  const { code } = signup(relay.sandbox, 'finish', { accounts: 3 });
  const { codes } = await relay.sandbox.control('state');
  // The oldest: not the one that is first, and would be the guess.
  const reconnect = codes.at(-1)?.wabaIds.at(-1) ?? '';
  const done = await (await connect(relay, { reconnect }, { code, event: 'FINISH' })).rested();
  assert.deepEqual([done.status, done.account?.wabaId], ['completed', reconnect]);
});
