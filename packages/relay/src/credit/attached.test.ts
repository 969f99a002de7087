import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { FakeGraph } from '../test/fake-graph.ts';
import { claims, startFakeGraph } from '../test/fake-graph.ts';
import { auditOf, startPartner, stepOf } from '../test/partner.ts';

const share = 'POST /500/whatsapp_credit_sharing_and_attach';
const key = 'portal-key-of-the-tests';

/** A Meta that shares the credit line 500 as 700, and whose account is paid for by `fundingId`. */
function answer(graph: FakeGraph, fundingId?: string): void {
  const account = { id: '10001', name: 'Acme', owner_business_info: { id: '900' } };
  graph.on('GET /10001', { json: { ...account, ...(fundingId && { primary_funding_id: fundingId }) } });
  graph.on('GET /10001/assigned_users', { json: { data: [{ id: '400', tasks: ['MANAGE'] }] } });
  graph.on(share, { json: { allocation_config_id: '700', waba_id: '10001' } });
  graph.on('GET /700', { json: { id: '700', receiving_credential: { id: '800' } } });
}

const settings = {
  META_SYSTEM_USER_TOKEN: 'system-token',
  META_SYSTEM_USER_ID: '400',
  META_BUSINESS_ID: '300',
  META_CREDIT_LINE_ID: '500',
  RELAY_API_KEY: key,
};

test('a share that does not pay for the account says so, and is not made twice once it does', async (t) => {
  const graph = await startFakeGraph(t);
  answer(graph);
  const relay = await startPartner(t, { ...graph.env, ...settings });
  const { session, onboarding } = await relay.onboard({ code: 'a-code', ...claims });
  const done = await relay.ended(session, onboarding.id);
  assert.equal(done.status, 'completed');
  assert.equal(stepOf(done, 'share_credit').error?.code, 'credit-not-attached');
  // The partner may have to pay all the same, so it is written down.
  const [shared] = auditOf(relay);
  assert.deepEqual([shared?.action, shared?.detail.allocationId], ['credit.shared', '700']);

  answer(graph, '800');
  await relay.call('POST', `/v1/onboardings/${onboarding.id}/resume`, { key });
  const again = await relay.ended(session, onboarding.id);
  assert.equal(stepOf(again, 'share_credit').status, 'done');
  assert.equal(graph.count(share), 1);
  assert.equal(auditOf(relay).length, 1);
});

test('an account that another credential pays for by then is not this relay’s share', async (t) => {
  const graph = await startFakeGraph(t);
  answer(graph);
  const relay = await startPartner(t, { ...graph.env, ...settings });
  const { session, onboarding } = await relay.onboard({ code: 'a-code', ...claims });
  await relay.ended(session, onboarding.id);
  answer(graph, '801');
  await relay.call('POST', `/v1/onboardings/${onboarding.id}/resume`, { key });
  const again = await relay.ended(session, onboarding.id);
  assert.equal(stepOf(again, 'share_credit').status, 'skipped');
  assert.equal(graph.count(share), 1);
});

test('reading back that is cut off is done again, and nothing is shared a second time', async (t) => {
  const graph = await startFakeGraph(t);
  answer(graph);
  graph.on('GET /700', (turn) => {
    if (turn === 1) return { status: 500, json: {} };
    answer(graph, '800');
    return { json: { id: '700', receiving_credential: { id: '800' } } };
  });
  const relay = await startPartner(t, { ...graph.env, ...settings });
  const { session, onboarding } = await relay.onboard({ code: 'a-code', ...claims });
  const done = await relay.ended(session, onboarding.id);
  assert.equal(graph.count(share), 1);
  assert.ok(graph.count('GET /700') >= 2);
  assert.equal(auditOf(relay).length, 1);
  assert.notEqual(stepOf(done, 'share_credit').error?.code, 'meta-unavailable');
});
