import assert from 'node:assert/strict';
import type { TestContext } from 'node:test';
import { test } from 'node:test';
import type { LateEvent, Onboarding, Problem } from 'whatsapp-embedded-signup/protocol';
import type { FakeGraph } from '../../test/fake-graph.ts';
import { claims, goodToken, graphError, startFakeGraph } from '../../test/fake-graph.ts';
import type { Harness } from '../../test/harness.ts';
import { startHarness } from '../../test/harness.ts';
import { storeOf } from '../../test/rows.ts';

const exchange = 'POST /oauth/access_token';
const { ids = {} } = claims;

async function start(t: TestContext, now?: () => number): Promise<{ graph: FakeGraph; relay: Harness }> {
  const graph = await startFakeGraph(t);
  return { graph, relay: await startHarness(t, graph.env, now ? { now } : {}) };
}

function patch(relay: Harness, session: string, id: string, message: LateEvent) {
  return relay.call<Onboarding>('PATCH', `/v1/onboardings/${id}`, { session, body: message });
}

test('a late event leaves alone the ids that came with the code', async (t) => {
  const { graph, relay } = await start(t);
  // Without targets the account can only come from what the page said.
  graph.on('GET /debug_token', { json: { data: { ...goodToken, granular_scopes: [] } } });
  const { session, onboarding } = await relay.onboard({ code: 'a-code', ids });
  await patch(relay, session, onboarding.id, { event: 'FINISH' });
  const done = await relay.ended(session, onboarding.id);
  assert.deepEqual([done.status, done.account?.phoneNumberId], ['completed', ids.phoneNumberId]);
});

test('an empty late event changes nothing', async (t) => {
  const { relay } = await start(t);
  const { session, onboarding } = await relay.onboard({ code: 'a-code', ids });
  const read = () => relay.call<Onboarding>('GET', `/v1/onboardings/${onboarding.id}`, { session });
  await new Promise((resolve) => setTimeout(resolve, 200));
  const before = await read();
  const after = await patch(relay, session, onboarding.id, {});
  assert.equal(after.body.revision, before.body.revision);
});

test('the second code of a session gets its two seconds for the event as well', async (t) => {
  const { graph, relay } = await start(t);
  graph.on(exchange, (turn) =>
    turn === 1 ? graphError(100, { error_subcode: 36007 }) : { json: { access_token: 'EAA-second' } },
  );
  const { session, verifier } = await relay.session();
  assert.equal((await relay.redeem(session, { code: 'refused', verifier })).status, 422);
  await new Promise((resolve) => setTimeout(resolve, 2100));
  const { body } = await relay.redeem(session, { code: 'good', verifier });
  await new Promise((resolve) => setTimeout(resolve, 300));
  await patch(relay, session, body.id, { event: 'FINISH_ONLY_WABA' });
  const done = await relay.ended(session, body.id);
  assert.equal(done.steps.find(({ name }) => name === 'register')?.status, 'skipped');
});

test('a clock that is set back does not make the wait for the event longer', async (t) => {
  let behind = 0;
  const { graph, relay } = await start(t, () => Date.now() - behind);
  graph.on(exchange, () => {
    // After the session was made, before the plan waits.
    setTimeout(() => {
      behind = 3_600_000;
    }, 100);
    return { json: { access_token: 'EAA-t' } };
  });
  const { session, onboarding } = await relay.onboard({ code: 'a-code', ids });
  assert.equal((await relay.ended(session, onboarding.id, 4000)).status, 'completed');
});

test('a late event stops a register that has not been sent, where it tells of another flow', async (t) => {
  const { graph, relay } = await start(t);
  const { session, verifier } = await relay.session();
  let id = '';
  graph.on('GET /debug_token', async () => {
    // The two seconds are over, and nothing is registered yet.
    await patch(relay, session, id, { event: 'FINISH_WHATSAPP_BUSINESS_APP_ONBOARDING' });
    return { json: { data: goodToken } };
  });
  id = (await relay.redeem(session, { code: 'a-code', ids, verifier })).body.id;
  const done = await relay.ended(session, id);
  assert.deepEqual([done.status, done.error?.code], ['failed', 'flow-mismatch']);
  assert.equal(done.steps.find(({ name }) => name === 'register')?.status, 'failed');
  assert.equal(graph.count('POST /20001/register'), 0);
});

test('a late event takes back nothing that was sent', async (t) => {
  const { graph, relay } = await start(t);
  const { session, verifier } = await relay.session();
  let id = '';
  graph.on('POST /20001/register', async () => {
    await patch(relay, session, id, { event: 'FINISH_WHATSAPP_BUSINESS_APP_ONBOARDING' });
    return { json: { success: true } };
  });
  id = (await relay.redeem(session, { code: 'a-code', ids, verifier })).body.id;
  const done = await relay.ended(session, id);
  assert.deepEqual([done.status, done.account?.phoneNumberId], ['completed', ids.phoneNumberId]);
});

test('where the exchange’s answer was lost the message is kept, and once it ended otherwise it is not', async (t) => {
  const { graph, relay } = await start(t);
  const store = await storeOf(t, relay);
  for (const [answer, kept] of [
    [{ status: 502, json: {} }, ids.wabaId],
    [graphError(100, { error_subcode: 36009 }), null],
  ] as const) {
    graph.on(exchange, answer);
    const { session, verifier } = await relay.session();
    const { body } = await relay.redeem(session, { code: `code-${kept}`, verifier });
    const id = (body as unknown as Problem).onboarding ?? '';
    assert.equal((await patch(relay, session, id, { event: 'FINISH', ids })).status, 200);
    const row = await store.selectFrom('onboarding').selectAll().where('id', '=', id).executeTakeFirst();
    assert.deepEqual([row?.status, row?.claimed_waba_id], ['failed', kept]);
  }
});

test('of two messages at once the first one stays', async (t) => {
  const { graph, relay } = await start(t);
  const store = await storeOf(t, relay);
  graph.on(exchange, { status: 502, json: {} });
  const { session, verifier } = await relay.session();
  const { body } = await relay.redeem(session, { code: 'a-code', verifier });
  const id = (body as unknown as Problem).onboarding ?? '';
  await Promise.all(
    ['1', '2', '3'].map((wabaId) =>
      patch(relay, session, id, { event: `FINISH_${wabaId}`, ids: { wabaId } }),
    ),
  );
  const row = await store.selectFrom('onboarding').selectAll().where('id', '=', id).executeTakeFirstOrThrow();
  assert.equal(row.finish_event, `FINISH_${row.claimed_waba_id}`);
  assert.equal(row.revision, 3, 'made, failed, and one message');
});
