import assert from 'node:assert/strict';
import { test } from 'node:test';
import { signup, startHarness } from '../test/harness.ts';
import { fault, graphCalls } from '../test/sandbox.ts';

test('the same code again gives the same answer and no second exchange', async (t) => {
  const relay = await startHarness(t);
  const { session, verifier } = await relay.session();
  const body = { ...signup(relay.sandbox), verifier };
  const first = await relay.redeem(session, body);
  const second = await relay.redeem(session, body);
  assert.deepEqual([first.status, second.status], [202, 202]);
  assert.equal(second.body.id, first.body.id);
  assert.equal((await graphCalls(relay.sandbox)).filter((call) => call.includes('access_token')).length, 1);
});

test('fifty equal requests at once make one exchange and fifty equal answers', async (t) => {
  const relay = await startHarness(t);
  const { session, verifier } = await relay.session();
  await fault(relay.sandbox, { match: { path: '*/oauth/access_token' }, kind: 'latency', ms: 100 });
  const body = { ...signup(relay.sandbox), verifier };
  const answers = await Promise.all(Array.from({ length: 50 }, () => relay.redeem(session, body)));
  assert.deepEqual(new Set(answers.map((answer) => answer.status)), new Set([202]));
  assert.equal(new Set(answers.map((answer) => answer.body.id)).size, 1);
  assert.equal((await graphCalls(relay.sandbox)).filter((call) => call.includes('access_token')).length, 1);
});

test('a redeemed session takes no other code', async (t) => {
  const relay = await startHarness(t);
  const { session, verifier } = await relay.session();
  assert.equal((await relay.redeem(session, { ...signup(relay.sandbox), verifier })).status, 202);
  const other = await relay.redeem(session, { ...signup(relay.sandbox), verifier });
  assert.equal(other.status, 409);
});

test('after a refused exchange the session may bring another code, three in all', async (t) => {
  const relay = await startHarness(t);
  const { session, verifier } = await relay.session();
  const refused = await relay.redeem(session, { code: 'not-a-code', verifier });
  assert.equal(refused.status, 422);
  assert.equal((await relay.redeem(session, { code: 'nor-this', verifier })).status, 422);
  const good = await relay.redeem(session, { ...signup(relay.sandbox), verifier });
  assert.equal(good.status, 202);
  assert.equal((await relay.ended(session, good.body.id)).status, 'completed');

  const spent = await relay.session();
  for (const code of ['a', 'b', 'c']) {
    assert.equal((await relay.redeem(spent.session, { code, verifier: spent.verifier })).status, 422);
  }
  assert.equal((await relay.redeem(spent.session, { code: 'd', verifier: spent.verifier })).status, 409);
});

test('one PIN for one number, and never the same for two', async (t) => {
  const relay = await startHarness(t);
  const pins = new Set<string>();
  for (let i = 0; i < 3; i++) {
    const { session, onboarding } = await relay.onboard();
    await relay.ended(session, onboarding.id);
  }
  const state = (await (await fetch(`${relay.sandbox.url}/_sandbox/state`)).json()) as Record<
    string,
    unknown
  >;
  for (const [, pin] of JSON.stringify(state).matchAll(/"pin":"(\d+)"/g)) pins.add(pin ?? '');
  assert.equal(pins.size, 3);
  for (const pin of pins) assert.match(pin, /^\d{6}$/);
});
