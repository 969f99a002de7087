import assert from 'node:assert/strict';
import { EventEmitter, once } from 'node:events';
import { test } from 'node:test';
import type { Problem } from 'whatsapp-embedded-signup/protocol';
import { claims, startFakeGraph } from '../../test/fake-graph.ts';
import { signup, startHarness } from '../../test/harness.ts';
import { fault, graphCalls } from '../../test/sandbox.ts';

test('the same code again gives the same answer and no second exchange', async (t) => {
  const relay = await startHarness(t);
  const { session, verifier } = await relay.session();
  const body = { ...signup(relay.sandbox), verifier };
  const first = await relay.redeem(session, body);
  const second = await relay.redeem(session, body);
  assert.deepEqual([first.status, second.status], [202, 202]);
  assert.deepEqual(second.body, first.body);
  assert.equal((await graphCalls(relay.sandbox)).filter((call) => call.includes('access_token')).length, 1);
});

test('fifty equal requests at once make one exchange and fifty equal answers', async (t) => {
  const graph = await startFakeGraph(t);
  const meta = new EventEmitter();
  const asked = once(meta, 'asked');
  const answered = once(meta, 'answered');
  graph.on('POST /oauth/access_token', async () => {
    meta.emit('asked');
    await answered;
    return { json: { access_token: 'EAA-fake-token' } };
  });
  const relay = await startHarness(t, graph.env);
  const { session, verifier } = await relay.session();
  const body = { ...claims, code: 'a-code', verifier };
  const answers = Promise.all(Array.from({ length: 50 }, () => relay.redeem(session, body)));
  await asked;
  // The database answers in order: behind these, every one of the fifty has been seen.
  for (let turn = 0; turn < 10; turn++) await relay.call('GET', '/v1/onboardings/onb_x', { session });
  meta.emit('answered');
  const [first, ...others] = await answers;
  assert.equal(first?.status, 202);
  for (const other of others) assert.deepEqual([other.status, other.body], [202, first.body]);
  assert.equal(graph.count('POST /oauth/access_token'), 1);
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

for (const [what, refusal, status, code] of [
  ['one that is too old', { code: 100, subcode: 36007 }, 422, 'code-expired'],
  ['one that was used', { code: 100, subcode: 36009 }, 422, 'code-used'],
  ['one of another address', { code: 100, subcode: 36008 }, 422, 'code-refused'],
  ['a wrong app secret', { code: 101 }, 422, 'code-refused'],
  ['a rate limit', { code: 4 }, 422, 'code-refused'],
  ['an answer that was lost', { code: 2 }, 502, 'exchange-unknown'],
] as const) {
  test(`after ${what} the session brings another code, and it completes`, async (t) => {
    const relay = await startHarness(t);
    const { session, verifier } = await relay.session();
    await fault(relay.sandbox, {
      match: { path: '*/oauth/access_token' },
      kind: 'graph-error',
      times: 1,
      ...refusal,
    });
    const first = { ...signup(relay.sandbox), verifier };
    for (let i = 0; i < 2; i++) {
      const answer = await relay.call<Problem>('POST', '/v1/onboardings', { session, body: first });
      // Another code may work; the same request never does.
      const { code: got, retryable } = answer.body;
      assert.deepEqual([answer.status, got, retryable], [status, code, false]);
    }
    const { status: taken, body } = await relay.redeem(session, { ...signup(relay.sandbox), verifier });
    assert.equal(taken, 202);
    assert.equal((await relay.ended(session, body.id)).status, 'completed');
    const sent = (await graphCalls(relay.sandbox)).filter((call) => call.includes('access_token'));
    assert.equal(sent.length, 2);
  });
}

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
