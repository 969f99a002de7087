import assert from 'node:assert/strict';
import type { TestContext } from 'node:test';
import { test } from 'node:test';
import type { Onboarding } from 'whatsapp-embedded-signup/protocol';
import type { Store } from '../../store/store.ts';
import type { Begun } from '../../test/customers.ts';
import { connect, key, startSite, told } from '../../test/customers.ts';
import type { Harness } from '../../test/harness.ts';
import { signup } from '../../test/harness.ts';
import { storeOf } from '../../test/rows.ts';
import { fault, graphCalls } from '../../test/sandbox.ts';

interface Site {
  relay: Harness;
  store: Store;
  /** An account that customer-1 has connected. */
  wabaId: string;
  first: Begun;
  /** Signs the same account up again. */
  again(customer?: { reference?: string; reconnect?: string }): Promise<Begun>;
  /** Onboardings whose token the relay has. */
  tokens(): Promise<string[]>;
  /** The reference and the onboarding that have the account. */
  owner(): Promise<(string | null)[]>;
}

async function startConnected(t: TestContext): Promise<Site> {
  const relay = await startSite(t);
  const store = await storeOf(t, relay);
  const finished = signup(relay.sandbox);
  const wabaId = finished.ids?.wabaId ?? '';
  const first = await connect(relay, {}, finished);
  assert.equal((await first.rested()).status, 'completed');
  return {
    relay,
    store,
    wabaId,
    first,
    again: (customer = {}) => connect(relay, customer, signup(relay.sandbox, 'finish', { wabaId })),
    async tokens() {
      const rows = await store.selectFrom('credential').select('onboarding_id').execute();
      return rows.map(({ onboarding_id }) => onboarding_id);
    },
    async owner() {
      const account = await store
        .selectFrom('account')
        .select(['reference', 'onboarding_id'])
        .where('waba_id', '=', wabaId)
        .executeTakeFirstOrThrow();
      return [account.reference, account.onboarding_id];
    },
  };
}

const connected = ['onboarding.completed of customer-1', 'account.connected of customer-1'];

const writes = async ({ sandbox }: Harness) =>
  (await graphCalls(sandbox)).filter((call) => /subscribed_apps|\/register/.test(call)).length;

test('the same customer again is a reconnection: the token is replaced', async (t) => {
  const site = await startConnected(t);
  const second = await site.again();
  assert.equal((await second.rested()).status, 'completed');
  assert.deepEqual(await site.tokens(), [second.id]);
  assert.deepEqual(await site.owner(), ['customer-1', second.id]);
  assert.deepEqual(await told(site.store), [
    ...connected,
    'onboarding.completed of customer-1',
    'account.reconnected of customer-1',
  ]);
  // What it was once connected by has no access left to go on with.
  const resumed = await site.relay.call('POST', `/v1/onboardings/${site.first.id}/resume`, { key });
  assert.equal(resumed.status, 409);
});

test('another customer’s account stops the onboarding, and tells nothing of the other', async (t) => {
  const site = await startConnected(t);
  const before = await writes(site.relay);
  const second = await site.again({ reference: 'customer-2' });
  const asked = await second.rested();
  assert.deepEqual([asked.status, asked.action], ['action_required', { kind: 'transfer' }]);
  const inspect = asked.steps.find(({ name }) => name === 'inspect');
  assert.deepEqual([inspect?.status, inspect?.error?.code], ['action_required', 'account-conflict']);
  assert.doesNotMatch(JSON.stringify(asked), new RegExp(`customer-1|${site.first.id}`));
  assert.equal(await writes(site.relay), before, 'nothing is written at Meta');
  assert.deepEqual(await site.owner(), ['customer-1', site.first.id]);
  // Neither the page nor time moves it.
  const fromPage = await site.relay.call('POST', `/v1/onboardings/${second.id}/input`, {
    session: second.session,
    body: { kind: 'transfer', value: true },
  });
  assert.equal(fromPage.status, 403);
  await site.relay.call('POST', `/v1/onboardings/${second.id}/resume`, { session: second.session });
  assert.equal((await second.rested()).action?.kind, 'transfer');
  assert.equal((await site.tokens()).length, 2);
});

test('a transfer that the backend refuses fails, and the owner keeps all', async (t) => {
  const site = await startConnected(t);
  const second = await site.again({ reference: 'customer-2' });
  await second.rested();
  assert.equal(await second.say('transfer', false), 202);
  const failed = await second.rested();
  assert.deepEqual([failed.status, failed.error?.code], ['failed', 'account-conflict']);
  assert.deepEqual(await site.owner(), ['customer-1', site.first.id]);
  assert.ok((await site.tokens()).includes(site.first.id));
  assert.ok(!(await told(site.store)).some((event) => event.startsWith('account.removed')));
});

test('a transfer that the backend accepts moves the account, tells the old owner and erases its token', async (t) => {
  const site = await startConnected(t);
  const second = await site.again({ reference: 'customer-2' });
  await second.rested();
  assert.equal(await second.say('transfer', true), 202);
  assert.equal((await second.rested()).status, 'completed');
  assert.deepEqual(await site.owner(), ['customer-2', second.id]);
  assert.deepEqual(await site.tokens(), [second.id]);
  assert.deepEqual(await told(site.store), [
    ...connected,
    'onboarding.action_required of customer-2',
    'account.removed of customer-1',
    'onboarding.completed of customer-2',
    'account.connected of customer-2',
  ]);
  const { body } = await site.store
    .selectFrom('outbox')
    .select('body')
    .where('type', '=', 'account.removed')
    .executeTakeFirstOrThrow();
  assert.equal(
    (JSON.parse(body) as { data: { account: { wabaId: string } } }).data.account.wabaId,
    site.wabaId,
  );
});

test('a yes is about the account that was asked about, whatever the page says then', async (t) => {
  const relay = await startSite(t);
  const store = await storeOf(t, relay);
  // The third customer's code grants the accounts of both others.
  const both = signup(relay.sandbox, 'finish', { accounts: 2 });
  const { codes } = await relay.sandbox.control('state');
  const wabas = codes.at(-1)?.wabaIds ?? [];
  assert.equal(wabas.length, 2);
  for (const [index, wabaId] of wabas.entries()) {
    const signedUp = signup(relay.sandbox, 'finish', { wabaId });
    await (await connect(relay, { reference: `customer-${index + 1}` }, signedUp)).rested();
  }
  const third = await connect(
    relay,
    { reference: 'customer-3' },
    { code: both.code, ids: { wabaId: wabas[0] ?? '' } },
  );
  assert.equal((await third.rested()).action?.kind, 'transfer');
  const { status } = await relay.call('PATCH', `/v1/onboardings/${third.id}`, {
    session: third.session,
    body: { event: 'FINISH', ids: { wabaId: wabas[1] } },
  });
  assert.equal(status, 200);
  await third.say('transfer', true);
  const done = await third.rested();
  assert.deepEqual([done.status, done.account?.wabaId], ['completed', wabas[0]]);
  const accounts = await store.selectFrom('account').select(['waba_id', 'reference']).execute();
  assert.deepEqual(
    new Map(accounts.map(({ waba_id, reference }) => [waba_id, reference])),
    new Map([
      [wabas[0], 'customer-3'],
      [wabas[1], 'customer-2'],
    ]),
  );
});

test('a yes is about the owner of then: an account that the backend has moved since is asked about again', async (t) => {
  const site = await startConnected(t);
  const second = await site.again({ reference: 'customer-2' });
  await second.rested();
  // The yes comes, and nothing comes of it.
  const match = { path: '*/debug_token' };
  await fault(site.relay.sandbox, { match, kind: 'graph-error', code: 190, times: 1 });
  await second.say('transfer', true);
  assert.equal((await second.rested()).status, 'failed');
  const third = await site.again({ reference: 'customer-3' });
  await third.rested();
  await third.say('transfer', true);
  assert.equal((await third.rested()).status, 'completed');

  const resume = () =>
    site.relay.call('POST', `/v1/onboardings/${second.id}/resume`, { session: second.session });
  for (let wish = 1; wish <= 2; wish++) {
    await resume();
    assert.equal((await second.rested()).action?.kind, 'transfer');
    assert.deepEqual(await site.owner(), ['customer-3', third.id]);
  }
  await second.say('transfer', true);
  assert.equal((await second.rested()).status, 'completed');
  assert.deepEqual(await site.owner(), ['customer-2', second.id]);
});

/** Has customer-1's onboarding wait at `register`, which Meta puts off for five minutes. */
async function startWaiting(t: TestContext) {
  const relay = await startSite(t);
  const store = await storeOf(t, relay);
  await fault(relay.sandbox, { match: { path: '*/register' }, kind: 'graph-error', code: 133015, times: 1 });
  const finished = signup(relay.sandbox);
  const first = await connect(relay, {}, finished);
  const waiting = await first.rested();
  assert.equal(waiting.status, 'action_required', JSON.stringify(waiting.error));
  const wabaId = finished.ids?.wabaId ?? '';
  return { relay, store, first, again: () => signup(relay.sandbox, 'finish', { wabaId }) };
}

async function assertSuperseded(relay: Harness, first: Begun): Promise<void> {
  const old = await first.rested();
  assert.deepEqual([old.status, old.error?.code], ['failed', 'superseded']);
  assert.deepEqual([old.action, old.retryAt], [null, null]);
  assert.equal((await relay.call('POST', `/v1/onboardings/${first.id}/resume`, { key })).status, 409);
}

test('an older onboarding of the same account ends where it waits', async (t) => {
  const { relay, store, first, again } = await startWaiting(t);
  const second = await connect(relay, {}, again());
  assert.equal((await second.rested()).status, 'completed');
  await assertSuperseded(relay, first);
  assert.deepEqual((await told(store)).slice(1), [
    'onboarding.failed of customer-1',
    'onboarding.completed of customer-1',
    'account.connected of customer-1',
  ]);
});

test('an account that another is about to connect is theirs, until the backend says otherwise', async (t) => {
  const { relay, store, first, again } = await startWaiting(t);
  const second = await connect(relay, { reference: 'customer-2' }, again());
  assert.equal((await second.rested()).action?.kind, 'transfer');
  assert.equal((await first.rested()).status, 'action_required');
  await second.say('transfer', true);
  assert.equal((await second.rested()).status, 'completed');
  await assertSuperseded(relay, first);
  assert.ok((await told(store)).includes('account.removed of customer-1'));
});

test('what failed before it was connected is nobody’s', async (t) => {
  const relay = await startSite(t);
  const store = await storeOf(t, relay);
  await fault(relay.sandbox, { match: { path: '*/register' }, kind: 'graph-error', code: 131037, times: 1 });
  const finished = signup(relay.sandbox);
  const first = await connect(relay, {}, finished);
  assert.equal((await first.rested()).status, 'failed');
  const again = signup(relay.sandbox, 'finish', { wabaId: finished.ids?.wabaId ?? '' });
  const second = await connect(relay, { reference: 'customer-2' }, again);
  assert.equal((await second.rested()).status, 'completed');
  assert.ok(!(await told(store)).some((event) => event.startsWith('account.removed')));
  assert.equal((await relay.call('POST', `/v1/onboardings/${first.id}/resume`, { key })).status, 409);
});

test('of two customers who sign the same account up at once exactly one gets it', async (t) => {
  const relay = await startSite(t);
  const finished = signup(relay.sandbox);
  const wabaId = finished.ids?.wabaId ?? '';
  const begun = await Promise.all(
    ['customer-1', 'customer-2', 'customer-3'].map((reference, index) =>
      connect(relay, { reference }, index === 0 ? finished : signup(relay.sandbox, 'finish', { wabaId })),
    ),
  );
  const views = await Promise.all(begun.map(({ rested }) => rested()));
  const outcome = ({ status, action }: Onboarding) => action?.kind ?? status;
  assert.deepEqual(views.map(outcome).sort(), ['completed', 'transfer', 'transfer']);
  assert.equal((await graphCalls(relay.sandbox)).filter((call) => call.includes('/register')).length, 1);
});

test('two sessions with their codes swapped connect nothing of the other’s', async (t) => {
  const site = await startConnected(t);
  // The attacker's session brings a code of the victim's account, which is connected: it stops.
  const stolen = signup(site.relay.sandbox, 'finish', { wabaId: site.wabaId });
  const attacker = await connect(site.relay, { reference: 'attacker' }, { code: stolen.code });
  assert.equal((await attacker.rested()).action?.kind, 'transfer');
  assert.deepEqual(await site.owner(), ['customer-1', site.first.id]);
});
