import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Onboarding } from 'whatsapp-embedded-signup/protocol';
import { connect, startSite } from '../../test/customers.ts';
import { claims, goodToken, graphError, number, startFakeGraph } from '../../test/fake-graph.ts';
import { signup, startHarness } from '../../test/harness.ts';
import { graphCalls } from '../../test/sandbox.ts';

test('of several accounts that nobody named the customer chooses, and it goes on with that one', async (t) => {
  const relay = await startSite(t);
  const { code } = signup(relay.sandbox, 'finish', { accounts: 3, accountName: 'Willow' });
  const begun = await connect(relay, {}, { code });
  const asked = await begun.rested();
  assert.deepEqual([asked.status, asked.action?.kind], ['action_required', 'waba']);
  const choices = asked.action?.choices ?? [];
  assert.deepEqual(
    choices.map(({ label }) => label),
    ['Willow', 'Willow', 'Willow'],
  );
  assert.ok(!(await graphCalls(relay.sandbox)).some((call) => /subscribed_apps|register/.test(call)));
  assert.equal(await begun.say('waba', '123456'), 400);
  // The last one: the newest is first, and would be the guess.
  const chosen = choices[2]?.id ?? '';
  assert.equal(await begun.say('waba', chosen), 202);
  const done = await begun.rested();
  assert.deepEqual([done.status, done.account?.wabaId], ['completed', chosen]);
});

test('of several numbers that nobody named the customer chooses, and the choice is kept', async (t) => {
  const relay = await startSite(t);
  const { code, event, ids } = signup(relay.sandbox, 'finish', { numbers: 2, displayName: 'Willow' });
  const { phoneNumberId: _, ...rest } = ids ?? {};
  const begun = await connect(relay, {}, { code, ...(event && { event }), ids: rest });
  const asked = await begun.rested();
  assert.deepEqual([asked.status, asked.action?.kind], ['action_required', 'phone_number']);
  const choices = asked.action?.choices ?? [];
  assert.equal(choices.length, 2);
  for (const { label } of choices) assert.match(label, /^\+1 .+ – Willow$/);
  const chosen = choices[0]?.id ?? '';
  // A page that says something else in the meantime changes nothing.
  await relay.call('PATCH', `/v1/onboardings/${begun.id}`, {
    session: begun.session,
    body: { ids: { phoneNumberId: choices[1]?.id } },
  });
  assert.equal(await begun.say('phone_number', chosen), 202);
  const done = await begun.rested();
  assert.deepEqual([done.status, done.account?.phoneNumberId], ['completed', chosen]);
  const registers = (await graphCalls(relay.sandbox)).filter((call) => call.includes('/register'));
  assert.deepEqual(
    registers.map((call) => call.split('/').at(-2)),
    [chosen],
  );
});

test('in coexistence the number on the app is meant, whatever others there are', async (t) => {
  const relay = await startSite(t);
  const before = signup(relay.sandbox, 'finish');
  const wabaId = before.ids?.wabaId ?? '';
  const { code, event } = signup(relay.sandbox, 'coexistence', { wabaId, displayNumber: '+1 415-555-0134' });
  const done = await (
    await connect(relay, { flow: 'coexistence' }, { code, ...(event && { event }), ids: { wabaId } })
  ).rested();
  assert.equal(done.status, 'completed', JSON.stringify(done.error));
  assert.equal(done.account?.displayPhoneNumber, '+1 415-555-0134');
});

/** A Graph API where the token names no targets. */
async function startUntargeted(t: Parameters<typeof startFakeGraph>[0]) {
  const graph = await startFakeGraph(t);
  const scopes = [{ scope: 'whatsapp_business_management' }];
  graph.on('GET /debug_token', { json: { data: { ...goodToken, granular_scopes: scopes } } });
  graph.on('GET /me/businesses', { json: { data: [{ id: '70' }, { id: '71' }] } });
  const relay = await startHarness(t, { ...graph.env, RELAY_API_KEY: 'key-of-the-site' });
  return { graph, relay, begin: () => connect(relay, {}, { code: 'a-code', event: 'FINISH' }) };
}

const accounts = (...ids: string[]) => ({ json: { data: ids.map((id) => ({ id })) } });

test('without targets the account is found through the customer’s businesses', async (t) => {
  const { graph, begin } = await startUntargeted(t);
  graph.on('GET /71/client_whatsapp_business_accounts', accounts('10001', '1/../me'));
  const done = await (await begin()).rested();
  assert.deepEqual([done.status, done.account?.wabaId], ['completed', '10001']);
});

test('accounts that the token lists and cannot read are no choices', async (t) => {
  const { graph, begin } = await startUntargeted(t);
  graph.on('GET /70/owned_whatsapp_business_accounts', accounts('10009', '10001'));
  const done = await (await begin()).rested();
  assert.deepEqual([done.status, done.account?.wabaId], ['completed', '10001']);
});

test('several of them are the customer’s choice', async (t) => {
  const { graph, begin } = await startUntargeted(t);
  graph.on('GET /70/owned_whatsapp_business_accounts', accounts('10002', '10001'));
  graph.on('GET /10002/phone_numbers', { json: { data: [{ ...number, id: '20002' }] } });
  const asked = await (await begin()).rested();
  assert.deepEqual(asked.action, {
    kind: 'waba',
    choices: [
      { id: '10002', label: '10002' },
      { id: '10001', label: 'Acme' },
    ],
  } satisfies Onboarding['action']);
});

test('where nothing lists an account, it ends as ids-not-granted', async (t) => {
  const { graph, begin } = await startUntargeted(t);
  graph.on('GET /me/businesses', graphError(200));
  const done = await (await begin()).rested();
  assert.deepEqual([done.status, done.error?.code], ['failed', 'ids-not-granted']);
});

test('a business that the page named is asked as well, and proves nothing by itself', async (t) => {
  const { graph, relay } = await startUntargeted(t);
  graph.on('GET /me/businesses', graphError(200));
  graph.on('GET /55555/owned_whatsapp_business_accounts', accounts('10001'));
  const begun = await connect(relay, {}, { code: 'a-code', event: 'FINISH', ids: { businessId: '55555' } });
  const done = await begun.rested();
  assert.deepEqual([done.account?.wabaId, done.account?.businessId], ['10001', null]);
});

test('the account that lists the claimed number is meant', async (t) => {
  const graph = await startFakeGraph(t);
  const scopes = [{ scope: 'whatsapp_business_management', target_ids: ['10002', '10001'] }];
  graph.on('GET /debug_token', { json: { data: { ...goodToken, granular_scopes: scopes } } });
  graph.on('GET /10002/phone_numbers', { json: { data: [{ ...number, id: '20002' }] } });
  const relay = await startHarness(t, { ...graph.env, RELAY_API_KEY: 'key-of-the-site' });
  const { wabaId: _, ...ids } = claims.ids ?? {};
  const done = await (await connect(relay, {}, { code: 'a-code', event: 'FINISH', ids })).rested();
  assert.deepEqual([done.status, done.account?.wabaId], ['completed', '10001']);
});

test('the name of a missing permission explains a refusal, and is none by itself', async (t) => {
  const graph = await startFakeGraph(t);
  const scopes = ['whatsapp_business_messaging'];
  graph.on('GET /debug_token', { json: { data: { ...goodToken, scopes } } });
  const relay = await startHarness(t, { ...graph.env, RELAY_API_KEY: 'key-of-the-site' });
  const fine = await (await connect(relay, {}, { code: 'a-code', ...claims })).rested();
  assert.equal(fine.status, 'completed');
  graph.on('GET /10001/phone_numbers', graphError(200));
  const done = await (await connect(relay, {}, { code: 'another', ...claims })).rested();
  assert.equal(done.error?.code, 'ids-not-granted');
  assert.match(done.error?.hint ?? '', /whatsapp_business_management/);
});
