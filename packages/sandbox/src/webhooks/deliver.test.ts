import assert from 'node:assert/strict';
import { after, afterEach, before, beforeEach, describe, it } from 'node:test';
import { fixedCredentials } from '../credentials.ts';
import { dayMs } from '../durations.ts';
import { createLifetime } from '../lifetime.ts';
import { finishSignup } from '../signup.ts';
import { createReceiver } from '../test/receiver.ts';
import type { App } from '../world/access.ts';
import type { Waba } from '../world/assets.ts';
import { createWorld, type World } from '../world/world.ts';
import { createCallout } from './callout.ts';
import type { Deliveries } from './deliver.ts';
import { ofAccount } from './values.ts';
import { createWebhooks } from './webhooks.ts';

const { appId, appSecret, businessId } = fixedCredentials;
let receiver: Awaited<ReturnType<typeof createReceiver>>;
let world: World;
let webhooks: Deliveries;
let app: App;

before(async () => {
  receiver = await createReceiver();
});
after(() => receiver.close());

beforeEach(() => {
  world = createWorld({ now: () => 1_795_000_000_000, random: () => 0.4 });
  webhooks = createWebhooks(world, { fetch, patienceMs: 10_000 });
  app = world.apps.get(appId) as App;
  subscribeApp(app, ['account_update', 'messages', 'account_review_update']);
  receiver.received.length = 0;
  receiver.answers(200);
});
afterEach(() => webhooks.stop());

function subscribeApp(to: App, fields: string[], path = ''): void {
  to.subscriptions.set('whatsapp_business_account', {
    object: 'whatsapp_business_account',
    callbackUrl: `${receiver.url}${path}`,
    verifyToken: 'v',
    fields: new Map(fields.map((name) => [name, 'v26.0'])),
  });
}

/** An account, and whoever is told of it: PARTNER_ADDED is out already. */
async function account(): Promise<Waba> {
  const { event } = finishSignup(world, { outcome: 'finish' });
  await world.clock.advance(0);
  receiver.received.length = 0;
  return world.wabas.get(event.data.waba_id) as Waba;
}

const subscribe = (waba: Waba, override: string | null = null) =>
  waba.subscriptions.set(appId, {
    appId,
    override: override === null ? null : { callbackUrl: override, verifyToken: 'v' },
  });

const last = () => webhooks.list.at(-1);

describe('a webhook', () => {
  it('is signed over the bytes that it has', async () => {
    const waba = await account();
    subscribe(waba);
    webhooks.announce(ofAccount(waba, 'account_update', { event: 'X', note: 'Grüße/☕' }));
    await world.clock.advance(0);
    const [delivery] = receiver.received;
    assert.ok(delivery);
    assert.ok(delivery.isSigned(appSecret));
    assert.equal(delivery.headers['content-type'], 'application/json');
    assert.equal(delivery.headers['user-agent'], 'facebookexternalua');
    assert.match(delivery.headers['x-hub-signature'] as string, /^sha1=[0-9a-f]{40}$/);
    assert.equal(
      delivery.body,
      `{"object":"whatsapp_business_account","entry":[{"id":"${waba.id}","time":1795000000,"changes":[{"value":{"event":"X","note":"Gr\\u00fc\\u00dfe\\/\\u2615"},"field":"account_update"}]}]}`,
    );
  });

  it('comes by itself, without anybody moving the clock', async () => {
    finishSignup(world, { outcome: 'finish' });
    await receiver.waitFor(1);
    assert.equal(receiver.received[0]?.json.entry[0].changes[0].value.event, 'PARTNER_ADDED');
  });

  it('goes to nobody without a subscription of the app, of the field and of the account, and says so', async () => {
    const waba = await account();
    const note = async () => {
      webhooks.announce(ofAccount(waba, 'account_review_update', { decision: 'APPROVED' }));
      await world.clock.advance(0);
      assert.deepEqual(receiver.received, []);
      assert.equal(last()?.url, null);
      return last()?.note;
    };
    assert.match((await note()) ?? '', /not subscribed to the account/);
    subscribe(waba);
    subscribeApp(app, ['messages']);
    assert.match((await note()) ?? '', /not subscribed to the field account_review_update/);
    app.subscriptions.clear();
    assert.match((await note()) ?? '', /no webhook subscription/);
  });

  it('tells the partner of the partnership before the app has subscribed to the account', async () => {
    const { event } = finishSignup(world, { outcome: 'finish' });
    await world.clock.advance(0);
    const [entry] = receiver.received[0]?.json.entry ?? [];
    assert.equal(entry.id, businessId);
    assert.equal(entry.changes[0].value.waba_info.waba_id, event.data.waba_id);
  });

  it('goes to each subscribed app, signed with its own secret', async () => {
    const other: App = {
      ...app,
      ...world.newIdentity(),
      secret: 'other-secret',
      businessId: '1',
      subscriptions: new Map(),
    };
    world.apps.set(other.id, other);
    subscribeApp(other, ['account_update'], '/other');
    const waba = await account();
    subscribe(waba);
    waba.subscriptions.set(other.id, { appId: other.id, override: null });
    webhooks.announce(ofAccount(waba, 'account_update', { event: 'X' }));
    await world.clock.advance(0);
    const signers = receiver.received.map((delivery) => [
      delivery.path,
      delivery.isSigned(appSecret),
      delivery.isSigned('other-secret'),
    ]);
    assert.deepEqual(signers.sort(), [
      ['/webhook', true, false],
      ['/webhook/other', false, true],
    ]);
  });
});

describe('an override', () => {
  it('takes message traffic: the number’s before the account’s before the app’s', async () => {
    const waba = await account();
    const phone = waba.numbers.at(0);
    assert.ok(phone);
    const pathOf = async (field: string) => {
      receiver.received.length = 0;
      webhooks.announce(ofAccount(waba, field, {}, phone.id));
      await world.clock.advance(0);
      return receiver.received[0]?.path;
    };
    subscribe(waba);
    assert.equal(await pathOf('messages'), '/webhook');
    subscribe(waba, `${receiver.url}/account`);
    assert.equal(await pathOf('messages'), '/webhook/account');
    phone.override = { callbackUrl: `${receiver.url}/number`, verifyToken: 'v' };
    assert.equal(await pathOf('messages'), '/webhook/number');
    assert.equal(await pathOf('account_update'), '/webhook');
  });
});

describe('a delivery that fails', () => {
  it('is tried again with growing gaps, until it is taken', async () => {
    const waba = await account();
    subscribe(waba);
    receiver.answers(500);
    webhooks.announce(ofAccount(waba, 'account_update', { event: 'X' }));
    await world.clock.advance(0);
    assert.equal(last()?.nextAttemptAt, new Date(world.clock.now() + 15_000).toISOString());
    await world.clock.advance(120_000);
    const times = last()?.attempts.map(({ at }) => (Date.parse(at) - 1_795_000_000_000) / 1000);
    assert.deepEqual(times, [0, 15, 45, 105]);
    assert.equal(last()?.delivered, false);
    receiver.answers(200);
    await world.clock.advance(dayMs);
    assert.equal(last()?.attempts.at(-1)?.status, 200);
    assert.deepEqual([last()?.delivered, last()?.nextAttemptAt], [true, null]);
    const bodies = new Set(receiver.received.map(({ body }) => body));
    assert.equal(bodies.size, 1);
  });

  it('is given up after seven days', async () => {
    const waba = await account();
    subscribe(waba);
    receiver.answers(503);
    webhooks.announce(ofAccount(waba, 'account_update', { event: 'X' }));
    await world.clock.advance(30 * dayMs);
    const attempts = last()?.attempts ?? [];
    assert.equal(last()?.nextAttemptAt, null);
    const lastAt = Date.parse(attempts.at(-1)?.at ?? '') - 1_795_000_000_000;
    assert.ok(lastAt > 3 * dayMs && lastAt <= 7 * dayMs, String(lastAt / dayMs));
  });

  it('comes again to those who took it already', async () => {
    const failing = await createReceiver();
    failing.answers(500);
    const other: App = { ...app, ...world.newIdentity(), businessId: '1', subscriptions: new Map() };
    world.apps.set(other.id, other);
    const waba = await account();
    subscribe(waba);
    subscribeApp(other, ['account_update']);
    const subscription = other.subscriptions.get('whatsapp_business_account');
    if (subscription) subscription.callbackUrl = failing.url;
    waba.subscriptions.set(other.id, { appId: other.id, override: null });
    webhooks.announce(ofAccount(waba, 'account_update', { event: 'X' }));
    await world.clock.advance(15_000);
    await failing.close();
    assert.equal(receiver.received.length, 2);
    assert.equal(receiver.received[0]?.body, receiver.received[1]?.body);
  });

  it('has no answer where the receiver hangs', async () => {
    world = createWorld({ now: () => 1_795_000_000_000, random: () => 0.4 });
    webhooks = createWebhooks(world, createCallout({ fetch, patienceMs: 50 }, createLifetime()));
    subscribeApp(world.apps.get(appId) as App, ['account_update']);
    receiver.answers('never');
    await account();
    assert.deepEqual(last()?.attempts, [
      { at: '2026-11-18T11:06:40.000Z', status: null, error: 'no answer within 0.05 s' },
    ]);
    assert.equal(last()?.nextAttemptAt, '2026-11-18T11:06:55.000Z');
  });

  it('has no answer where nobody listens', async () => {
    const waba = await account();
    subscribe(waba);
    const gone = await createReceiver();
    await gone.close();
    subscribeApp(app, ['account_review_update']);
    const subscription = app.subscriptions.get('whatsapp_business_account');
    if (subscription) subscription.callbackUrl = gone.url;
    webhooks.announce(ofAccount(waba, 'account_review_update', { decision: 'PENDING' }));
    await world.clock.advance(0);
    assert.equal(last()?.attempts[0]?.error, 'ECONNREFUSED');
  });

  it('is not tried again after stop', async () => {
    const waba = await account();
    subscribe(waba);
    receiver.answers(500);
    webhooks.announce(ofAccount(waba, 'account_update', { event: 'X' }));
    await world.clock.advance(0);
    webhooks.stop();
    await world.clock.advance(dayMs);
    assert.equal(receiver.received.length, 1);
    assert.equal(last()?.nextAttemptAt, null);
  });
});
