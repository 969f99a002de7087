import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Onboarding, RedeemRequest } from 'whatsapp-embedded-signup/protocol';
import type { CodeDetails } from 'whatsapp-embedded-signup-sandbox';
import { onboardFromApp, startCoexistence } from '../../test/coexistence.ts';
import { claims, graphError, number, startFakeGraph } from '../../test/fake-graph.ts';
import { type Harness, signup, startHarness } from '../../test/harness.ts';
import { startPartner } from '../../test/partner.ts';
import { storeOf } from '../../test/rows.ts';
import { fault, graphCalls } from '../../test/sandbox.ts';

async function finish(relay: Harness, request?: RedeemRequest): Promise<Onboarding> {
  const { session, onboarding } = await relay.onboard(request);
  return relay.ended(session, onboarding.id);
}

const statusOf = ({ steps }: Onboarding, name: string) => steps.find((step) => step.name === name)?.status;

const can = ({ status, account }: Onboarding) => [status, account?.messaging];

test('a customer who has yet to say how it pays is told so, with the page where that is done', async (t) => {
  const relay = await startHarness(t);
  const done = await finish(relay);
  assert.deepEqual(can(done), ['completed', 'needs-payment-method']);
  const { nextStep, wabaId, businessId } = done.account ?? {};
  assert.match(nextStep?.hint ?? '', /WhatsApp Manager/);
  const url = new URL(nextStep?.url ?? '');
  assert.deepEqual(
    [url.searchParams.get('waba_id'), url.searchParams.get('business_id')],
    [wabaId, businessId],
  );
});

test('a number that somebody pays for is ready, in at most ten calls', async (t) => {
  const relay = await startHarness(t);
  const done = await finish(relay, signup(relay.sandbox, 'finish', { funded: true }));
  assert.deepEqual(can(done), ['completed', 'ready']);
  assert.equal(done.account?.nextStep, undefined);
  assert.equal(done.account?.qualityRating, 'GREEN');
  const calls = await graphCalls(relay.sandbox);
  assert.ok(calls.length <= 10, calls.join('\n'));
});

test('a number that stays on the app is ready as well', async (t) => {
  const relay = await startCoexistence(t);
  const request = signup(relay.sandbox, 'coexistence', { funded: true });
  const { session, onboarding } = await onboardFromApp(relay, request);
  assert.deepEqual(can(await relay.ended(session, onboarding.id)), ['completed', 'ready']);
});

test('a finish without a number needs one, and nothing is read for that', async (t) => {
  const relay = await startHarness(t);
  const done = await finish(relay, signup(relay.sandbox, 'finish-no-number', { funded: true }));
  assert.deepEqual(can(done), ['completed', 'needs-number']);
  assert.match(done.account?.nextStep?.url ?? '', /phone-numbers/);
});

/** An account of before, whose number is added with a name that Meta then reviews. */
async function nameInReview(relay: Harness): Promise<CodeDetails> {
  const { graphUrl, appId, appSecret } = relay.sandbox.credentials;
  const first = relay.sandbox.issueCode({ outcome: 'finish', data: { funded: true } });
  const post = async (path: string, fields: Record<string, string>): Promise<Record<string, string>> => {
    const body = new URLSearchParams(fields);
    return (await fetch(`${graphUrl}/v26.0${path}`, { method: 'POST', body })).json();
  };
  const app = { client_id: appId, client_secret: appSecret };
  const { access_token = '' } = await post('/oauth/access_token', { ...app, code: first.code });
  const wabaId = first.event.data.waba_id;
  const added = { cc: '44', phone_number: '1632960001', verified_name: 'Second Counter', access_token };
  const { id: phoneNumberId = '' } = await post(`/${wabaId}/phone_numbers`, added);
  return { wabaId, phoneNumberId };
}

test('a display name in review is waited for', async (t) => {
  const relay = await startHarness(t);
  const done = await finish(relay, signup(relay.sandbox, 'finish', await nameInReview(relay)));
  assert.deepEqual(can(done), ['completed', 'needs-name-approval']);
});

test('an account that may not write to customers is limited, with the page that says why', async (t) => {
  const relay = await startHarness(t);
  const request = signup(relay.sandbox, 'finish', { funded: true });
  await relay.sandbox.control('accounts', { wabaId: request.ids?.wabaId ?? '', happens: 'restricted' });
  const done = await finish(relay, request);
  assert.deepEqual(can(done), ['completed', 'limited']);
  assert.equal(done.account?.nextStep?.url, 'https://business.facebook.com/accountquality');
});

for (const [credit, messaging] of [
  ['auto', 'ready'],
  ['off', 'needs-payment-method'],
] as const) {
  test(`a Solution Partner’s customer with RELAY_CREDIT=${credit}: ${messaging}`, async (t) => {
    const relay = await startPartner(t, { RELAY_CREDIT: credit });
    assert.deepEqual(can(await finish(relay)), ['completed', messaging]);
  });
}

test('what is mended afterwards counts: whether the number can send is read again', async (t) => {
  const relay = await startPartner(t);
  await relay.sandbox.control('partnership', { creditLine: 'taken-away' });
  const { session, onboarding } = await relay.onboard();
  assert.deepEqual(can(await relay.ended(session, onboarding.id)), ['completed', 'needs-payment-method']);
  await relay.sandbox.control('partnership', { creditLine: 'available' });
  await relay.call('POST', `/v1/onboardings/${onboarding.id}/resume`, { session });
  const mended = await relay.ended(session, onboarding.id);
  assert.deepEqual([...can(mended), mended.account?.nextStep], ['completed', 'ready', undefined]);
  const store = await storeOf(t, relay);
  const told = await store.selectFrom('outbox').select('type').execute();
  // It was connected once, and is no reconnection.
  assert.deepEqual(told.map(({ type }) => type).sort(), [
    'account.connected',
    'onboarding.completed',
    'onboarding.completed',
  ]);
});

test('a number that has no status after Meta took its registration is not connected, and stays registered', async (t) => {
  const graph = await startFakeGraph(t);
  graph.on('GET /20001', { json: { ...number, status: undefined } });
  const relay = await startHarness(t, graph.env);
  const done = await finish(relay, { code: 'a-code', ...claims });
  assert.deepEqual(can(done), ['completed', 'needs-number']);
  assert.deepEqual([statusOf(done, 'register'), statusOf(done, 'confirm')], ['done', 'done']);
});

test('where the number cannot be read again nobody knows, and the onboarding completes', async (t) => {
  const graph = await startFakeGraph(t);
  graph.on('GET /20001', graphError(100));
  const relay = await startHarness(t, graph.env);
  const done = await finish(relay, { code: 'a-code', ...claims });
  assert.deepEqual(can(done), ['completed', 'unknown']);
  assert.deepEqual([statusOf(done, 'register'), statusOf(done, 'confirm')], ['done', 'failed']);
});

test('a funding that cannot be read costs nothing', async (t) => {
  const relay = await startHarness(t);
  const request = signup(relay.sandbox, 'finish', { funded: true });
  // `inspect` reads the account first, `confirm` after it.
  await fault(relay.sandbox, {
    match: { method: 'GET', path: `*/${request.ids?.wabaId}` },
    kind: 'graph-error',
    code: 200,
  });
  assert.deepEqual(can(await finish(relay, request)), ['completed', 'ready']);
});
