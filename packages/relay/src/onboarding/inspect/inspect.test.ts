import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Account, Onboarding } from 'whatsapp-embedded-signup/protocol';
import type { GraphAnswer } from '../../test/fake-graph.ts';
import { claims, goodToken, graphError, number, startFakeGraph } from '../../test/fake-graph.ts';
import { startHarness } from '../../test/harness.ts';

type Answers = Readonly<Record<string, GraphAnswer>>;
const token = (data: unknown): Answers => ({ 'GET /debug_token': { json: { data } } });
const account = (json: unknown): Answers => ({ 'GET /10001': { json } });
const numbers = (answer: GraphAnswer): Answers => ({ 'GET /10001/phone_numbers': answer });
const scopes = (target_ids: unknown) => [{ scope: 'whatsapp_business_management', target_ids }];

/** An onboarding against a Graph API that says something odd; at most 5 s, so no retry hides in it. */
async function onboard(t: Parameters<typeof startFakeGraph>[0], answers: Answers, message = claims) {
  const graph = await startFakeGraph(t);
  for (const [call, answer] of Object.entries(answers)) graph.on(call, answer);
  const relay = await startHarness(t, graph.env);
  const { session, onboarding } = await relay.onboard({ code: 'a-code', ...message });
  return { graph, ended: await relay.ended(session, onboarding.id, 5000) };
}

const dead = { error: { code: 190, message: 'expired' }, is_valid: false, scopes: [] };
for (const [what, answers, code] of [
  ['a dead token, as Meta answers it', token(dead), 'token-invalid'],
  ['a token that is not valid', token({ ...goodToken, is_valid: false }), 'token-not-ours'],
  ['another app’s token', token({ ...goodToken, app_id: '999' }), 'token-not-ours'],
  ['190 at the numbers', numbers(graphError(190)), 'token-invalid'],
  ['104 at the numbers', numbers(graphError(104)), 'app-settings'],
  ['10 at the numbers', numbers(graphError(10)), 'ids-not-granted'],
  ['100/33 at the numbers', numbers(graphError(100, { error_subcode: 33 })), 'ids-not-granted'],
] as const) {
  test(`${what} ends the onboarding at once as ${code}`, async (t) => {
    const { ended } = await onboard(t, answers);
    assert.deepEqual([ended.status, ended.error?.code], ['failed', code]);
    assert.ok(ended.error?.message && ended.error.hint);
    if (/numbers/.test(what)) assert.equal(ended.error?.meta?.fbtraceId, 'trace');
  });
}

for (const [what, answers, expected] of [
  ['a name that is no text', account({ id: '10001', name: 12 }), { wabaId: '10001', name: null }],
  ['an owner that is no object', account({ id: '10001', owner_business_info: 'x' }), { businessId: null }],
  ['an id as a number', account({ id: 10001, name: 'N' }), { wabaId: '10001', name: 'N' }],
  ['another id', account({ id: '9/../x', name: 'N' }), { wabaId: '10001' }],
  ['a list for the account', account([]), { wabaId: '10001', name: null }],
  ['a text for the expiry', token({ ...goodToken, expires_at: '0' }), { wabaId: '10001' }],
  [
    'one odd number beside ours',
    numbers({ json: { data: [{ id: true }, number] } }),
    { verifiedName: 'Acme' },
  ],
  [
    'a number’s id as a number',
    numbers({ json: { data: [{ ...number, id: 20001 }] } }),
    { phoneNumberId: '20001' },
  ],
] as [string, Answers, Partial<Account>][]) {
  test(`${what} costs no customer`, async (t) => {
    const { ended } = await onboard(t, answers);
    assert.equal(ended.status, 'completed', JSON.stringify(ended.error));
    assert.deepEqual({ ...ended.account, ...expected }, ended.account);
  });
}

test('ids from a token go into no path unless they are digits', async (t) => {
  const odd = token({ ...goodToken, granular_scopes: scopes(['me?fields=id#/', 1e21]) });
  const { graph, ended } = await onboard(t, odd, { event: 'FINISH' });
  assert.equal(ended.error?.code, 'ids-not-granted');
  assert.deepEqual(graph.calls, ['POST /oauth/access_token', 'GET /debug_token']);
});

for (const answer of [{ success: false }, {}]) {
  for (const [step, call] of [
    ['register', 'POST /20001/register'],
    ['subscribe', 'POST /10001/subscribed_apps'],
  ] as const) {
    test(`${JSON.stringify(answer)} from ${step} is not taken for done`, async (t) => {
      const { ended } = await onboard(t, { [call]: { json: answer } });
      assert.equal(stepOf(ended, step)?.status, 'failed');
      assert.deepEqual([ended.status, ended.error?.code], ['failed', 'meta-refused']);
    });
  }
}

function stepOf(onboarding: Onboarding, name: string) {
  return onboarding.steps.find((step) => step.name === name);
}
