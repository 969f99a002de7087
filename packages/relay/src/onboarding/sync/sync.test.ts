import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Onboarding } from 'whatsapp-embedded-signup/protocol';
import { onboardFromApp, startCoexistence } from '../../test/coexistence.ts';
import { claims, graphError, number, startFakeGraph } from '../../test/fake-graph.ts';
import { fault, graphCalls } from '../../test/sandbox.ts';

const hour = 60 * 60 * 1000;
const appData = 'POST /20001/smb_app_data';

const stepOf = ({ steps }: Onboarding, name: string) => steps.find((step) => step.name === name);
const statuses = ({ steps }: Onboarding) =>
  Object.fromEntries(steps.map(({ name, status }) => [name, status]));

/** A relay with a Graph API that says what the sandbox does not, and a number on the WhatsApp Business app. */
async function startOdd(t: Parameters<typeof startFakeGraph>[0], now: () => number = Date.now) {
  const graph = await startFakeGraph(t);
  const onApp = { ...number, status: 'CONNECTED', platform_type: 'CLOUD_API', is_on_biz_app: true };
  graph.on('GET /10001/phone_numbers', { json: { data: [onApp] } });
  graph.on('GET /20001', { json: onApp });
  graph.on(appData, { json: { messaging_product: 'whatsapp', request_id: 'r-1' } });
  const relay = await startCoexistence(t, { now }, graph.env);
  const event = 'FINISH_WHATSAPP_BUSINESS_APP_ONBOARDING';
  const begin = () =>
    onboardFromApp(relay, { code: 'a-code', event, ids: { wabaId: claims.ids?.wabaId ?? '' } });
  return { graph, relay, begin };
}

test('contacts and history are asked for after the subscription, once each, and the number is never registered', async (t) => {
  const relay = await startCoexistence(t);
  const { session, onboarding, wabaId } = await onboardFromApp(relay);
  const done = await relay.ended(session, onboarding.id);
  assert.equal(done.status, 'completed');
  assert.deepEqual(statuses(done), {
    exchange: 'done',
    inspect: 'done',
    subscribe: 'done',
    register: 'skipped',
    sync_contacts: 'done',
    sync_history: 'done',
    confirm: 'done',
  });
  const calls = await graphCalls(relay.sandbox);
  const writes = calls.filter((call) => /subscribed_apps|smb_app_data/.test(call));
  assert.match(writes[0] ?? '', new RegExp(`POST .*/${wabaId}/subscribed_apps`));
  assert.equal(writes.length, 3, writes.join('\n'));
  assert.ok(!calls.some((call) => call.includes('/register')));
});

test('that it was asked before is heard as a code and as a subcode', async (t) => {
  const relay = await startCoexistence(t);
  const match = { path: '*/smb_app_data' };
  for (const said of [{ code: 2593107 }, { code: 100, subcode: 2593107 }]) {
    await fault(relay.sandbox, { match, kind: 'graph-error', ...said, times: 1 });
    const { session, onboarding } = await onboardFromApp(relay);
    const done = await relay.ended(session, onboarding.id);
    assert.equal(stepOf(done, 'sync_contacts')?.status, 'done', JSON.stringify(said));
  }
});

test('an answer that is lost costs nothing: Meta says that it was asked, and the next step follows', async (t) => {
  const relay = await startCoexistence(t);
  await fault(relay.sandbox, { match: { path: '*/smb_app_data' }, kind: 'commit-then-drop', times: 1 });
  const { session, onboarding } = await onboardFromApp(relay);
  const done = await relay.ended(session, onboarding.id);
  assert.equal(done.status, 'completed');
  assert.deepEqual(
    [stepOf(done, 'sync_contacts')?.status, stepOf(done, 'sync_history')?.status],
    ['done', 'done'],
  );
  assert.equal((await graphCalls(relay.sandbox)).filter((call) => call.includes('smb_app_data')).length, 3);
});

test('too late by Meta’s own clock is said with the way out, and fails no onboarding', async (t) => {
  const { begin, relay, graph } = await startOdd(t);
  graph.on(appData, graphError(2593108));
  const { session, onboarding } = await begin();
  const done = await relay.ended(session, onboarding.id);
  assert.equal(done.status, 'completed');
  for (const name of ['sync_contacts', 'sync_history']) {
    const error = stepOf(done, name)?.error;
    assert.deepEqual([error?.code, error?.meta?.code], ['sync-too-late', 2593108]);
    assert.match(error?.hint ?? '', /Disconnect .* start the signup again/);
  }
});

test('the history is asked for also where Meta refused the contacts', async (t) => {
  const { begin, relay, graph } = await startOdd(t);
  graph.on(appData, (turn) => (turn === 1 ? graphError(100) : { json: { request_id: 'r-2' } }));
  const { session, onboarding } = await begin();
  const done = await relay.ended(session, onboarding.id);
  assert.equal(done.status, 'completed');
  assert.deepEqual(
    [stepOf(done, 'sync_contacts')?.status, stepOf(done, 'sync_history')?.status],
    ['failed', 'done'],
  );
});

test('24 hours after the exchange nothing is sent any more', async (t) => {
  let time = Date.now();
  const { begin, relay, graph } = await startOdd(t, () => time);
  // The subscription fails, and somebody mends it a day later.
  graph.on('POST /10001/subscribed_apps', (turn) =>
    turn === 1 ? graphError(200) : { json: { success: true } },
  );
  const { session, onboarding } = await begin();
  const failed = await relay.ended(session, onboarding.id);
  assert.deepEqual(
    [failed.status, stepOf(failed, 'sync_contacts')?.error?.code],
    ['failed', 'step-before-failed'],
  );
  time += 24 * hour;
  const resumed = await relay.call('POST', `/v1/onboardings/${onboarding.id}/resume`, { session });
  assert.equal(resumed.status, 202);
  const done = await relay.ended(session, onboarding.id);
  assert.equal(done.status, 'completed');
  assert.equal(stepOf(done, 'sync_contacts')?.error?.code, 'sync-too-late');
  assert.equal(graph.count(appData), 0);
});
