import assert from 'node:assert/strict';
import { EventEmitter, once } from 'node:events';
import type { IncomingMessage } from 'node:http';
import { request } from 'node:http';
import { test } from 'node:test';
import type { Problem } from 'whatsapp-embedded-signup/protocol';
import { claims, startFakeGraph } from '../test/fake-graph.ts';
import type { Answer } from '../test/harness.ts';
import { origin, signup, startHarness } from '../test/harness.ts';
import { ask, storeOf } from '../test/rows.ts';
import { graphCalls } from '../test/sandbox.ts';
import type { Rate } from './buckets.ts';
import { usualRates } from './limits.ts';

function assertTold(answer: Answer<Problem> | undefined): void {
  assert.equal(answer?.body.code, 'too-many-requests');
  assert.equal(answer.body.retryable, true);
  const seconds = Number(answer.headers.get('retry-after'));
  assert.ok(seconds >= 1);
  const wait = Date.parse(answer.body.retryAt ?? '') - Date.now();
  assert.ok(wait <= seconds * 1000 && wait > (seconds - 60) * 1000, `${wait} ms`);
  // Else a page could not read it.
  assert.notEqual(answer.headers.get('access-control-allow-origin'), null);
}

const challenge = 'A'.repeat(43);

/** So slow that nothing comes back while a test runs. */
const few = (burst: number): Rate => ({ perSecond: 0.001, burst });

test('a session that asks without end is told when to come again, and no other is', async (t) => {
  const relay = await startHarness(t, {}, { rates: { session: few(5) } });
  const { session, verifier } = await relay.session();
  const other = await relay.session();
  const read = (text: string) => relay.call<Problem>('GET', '/v1/onboardings/onb_x', { session: text });
  for (let call = 0; call < 5; call++) assert.equal((await read(session)).status, 404);
  assertTold(await read(session));
  const body = { ...signup(relay.sandbox), verifier };
  assertTold(await relay.call<Problem>('POST', '/v1/onboardings', { session, body }));
  assert.equal((await graphCalls(relay.sandbox)).length, 0);
  assert.equal((await read(other.session)).status, 404);
});

test('what anybody may send is counted for the address, whatever it says of itself', async (t) => {
  const relay = await startHarness(t, {}, { rates: { address: few(5) } });
  const { session, verifier } = await relay.session();
  const body = { portal: 'default', challenge };
  for (let turn = 0; turn < 4; turn++) {
    const options = { headers: { 'x-forwarded-for': `192.0.2.${turn}` }, session: `v1.k1.e30.${turn}`, body };
    assert.equal((await relay.call('POST', '/v1/sessions', options)).status, 201);
  }
  assertTold(await relay.call<Problem>('POST', '/v1/sessions', { body }));
  assertTold(await relay.call<Problem>('POST', '/v1/onboardings', { session: 'v1.k1.e30.5', body: {} }));
  // The launch settings too, which have their own way past the origin check.
  assertTold(await relay.call<Problem>('GET', '/v1/portals/default'));
  // A customer who is under way at the same address has a session, and goes on.
  const { status } = await relay.redeem(session, { ...signup(relay.sandbox), verifier });
  assert.equal(status, 202);
});

test('guesses at a portal key are counted for the address, and the key itself goes on', async (t) => {
  const relay = await startHarness(t, { RELAY_API_KEY: 'the-key' }, { rates: { address: few(5) } });
  const read = (key: string) => relay.call<Problem>('GET', '/v1/onboardings/onb_x', { key });
  for (let guess = 0; guess < 5; guess++) assert.equal((await read(`guess-${guess}`)).status, 401);
  const { status, body } = await read('guess-5');
  assert.deepEqual([status, body.code], [429, 'too-many-requests']);
  assert.equal((await read('the-key')).status, 404);
});

test('behind trusted proxies each client has its own share, by the address that the proxy saw', async (t) => {
  const relay = await startHarness(t, { RELAY_PROXIES: '1' }, { rates: { address: few(3) } });
  const read = (client: string, left: number) =>
    relay.call<Problem>('GET', '/v1/portals/default', {
      headers: { 'x-forwarded-for': `198.51.100.${left}, ${client}` },
    });
  for (let turn = 0; turn < 3; turn++) assert.equal((await read('192.0.2.7', turn)).status, 200);
  assertTold(await read('192.0.2.7', 99));
  assert.equal((await read('192.0.2.8', 99)).status, 200);
});

test('new sessions of one portal have a limit, and reading its settings has not', async (t) => {
  const relay = await startHarness(t, {}, { rates: { portal: few(2) } });
  const body = { portal: 'default', challenge };
  for (let turn = 0; turn < 2; turn++) {
    assert.equal((await relay.call('POST', '/v1/sessions', { body })).status, 201);
  }
  assertTold(await relay.call<Problem>('POST', '/v1/sessions', { body }));
  assert.equal((await relay.call('GET', '/v1/portals/default')).status, 200);
});

test('a portal key has a limit of its own', async (t) => {
  const relay = await startHarness(
    t,
    { RELAY_API_KEY: 'key' },
    { rates: { backend: few(2), address: few(1) } },
  );
  const body = { portal: 'default', reference: 'customer-7' };
  const ask = () => relay.call<Problem>('POST', '/v1/sessions', { key: 'key', body });
  assert.deepEqual([(await ask()).status, (await ask()).status, (await ask()).status], [201, 201, 429]);
});

test('the usual limits let everybody ask twenty times a second for ever', () => {
  for (const rate of Object.values(usualRates)) assert.ok(rate.perSecond >= 20 && rate.burst >= 20);
});

test('more exchanges at once than there may be are refused with nothing written, and the code stays good', async (t) => {
  const graph = await startFakeGraph(t);
  const meta = new EventEmitter();
  const asked = once(meta, 'asked');
  const answered = once(meta, 'answered');
  graph.on('POST /oauth/access_token', async () => {
    meta.emit('asked');
    await answered;
    return { json: { access_token: 'EAA-fake-token' } };
  });
  const relay = await startHarness(t, graph.env, { exchangesAtOnce: 1 });
  const first = await relay.session();
  const slow = relay.redeem(first.session, { code: 'first', verifier: first.verifier, ...claims });
  await asked;

  const { session, verifier } = await relay.session();
  const body = { code: 'second', verifier, ...claims };
  const refused = await relay.call<Problem>('POST', '/v1/onboardings', { session, body });
  assertTold(refused);
  assert.equal(refused.body.onboarding, undefined);
  const store = await storeOf(t, relay);
  assert.equal((await store.selectFrom('onboarding').selectAll().execute()).length, 1);

  meta.emit('answered');
  assert.equal((await slow).status, 202);
  assert.equal((await relay.redeem(session, body)).status, 202);
});

test('one customer has some streams open, not any number; a closed one makes room', async (t) => {
  const relay = await startHarness(t);
  const { session, onboarding } = await relay.onboard();
  await relay.ended(session, onboarding.id);
  // A stream stays open as long as an answer is awaited.
  await ask(await storeOf(t, relay), onboarding.id, 'register', { kind: 'pin' });
  /** Opens a stream with a socket of its own. Gives its status, and a way to leave. */
  const open = async (): Promise<{ status: number | undefined; leave: () => void }> => {
    const asked = request(`${relay.relay.url}/v1/onboardings/${onboarding.id}/events`, {
      agent: false,
      headers: { origin, authorization: `Bearer ${session}` },
    }).end();
    const [response] = (await once(asked, 'response')) as [IncomingMessage];
    await once(response, 'data');
    return { status: response.statusCode, leave: () => asked.destroy() };
  };
  const streams = await Promise.all(Array.from({ length: 25 }, open));
  const count = (wanted: number) => streams.filter(({ status }) => status === wanted).length;
  assert.deepEqual([count(200), count(429)], [20, 5]);
  for (const { leave } of streams) leave();
  for (;;) {
    const { status, leave } = await open();
    leave();
    if (status === 200) break;
    await new Promise((next) => setTimeout(next, 20));
  }
});
