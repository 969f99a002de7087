import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, before, describe, it } from 'node:test';
import { createSandbox } from '../../sandbox.ts';
import { type Customer, createClient } from '../../test/client.ts';

const sandbox = createSandbox();
const { as, connect } = createClient(sandbox);

/** A callback that knows one verify token. */
const callback = createServer((request, response) => {
  const query = new URL(request.url ?? '', 'http://callback').searchParams;
  const isRight = query.get('hub.verify_token') === 'right' && query.get('hub.mode') === 'subscribe';
  response.statusCode = isRight ? 200 : 403;
  response.end(isRight ? query.get('hub.challenge') : 'no');
});
let uri = '';

before(async () => {
  await sandbox.start();
  await new Promise<void>((resolve) => callback.listen(0, '127.0.0.1', resolve));
  uri = `http://127.0.0.1:${(callback.address() as AddressInfo).port}/hook`;
});
after(async () => {
  await sandbox.stop();
  callback.close();
});

const path = ({ wabaId }: Customer) => `/v26.0/${wabaId}/subscribed_apps`;
const subscribe = (customer: Customer, fields: Record<string, string> = {}) =>
  as(customer.token).post(path(customer), fields);
const list = async (customer: Customer) =>
  (await as(customer.token).get(path(customer))).body.data as {
    whatsapp_business_api_data: { id: string };
    override_callback_uri?: string;
  }[];
const override = () => ({ override_callback_uri: uri, verify_token: 'right' });

describe('subscribing an app', () => {
  it('adds it once, and takes it off again', async () => {
    const customer = await connect();
    const ids = async () => (await list(customer)).map((app) => app.whatsapp_business_api_data.id);
    assert.deepEqual(await ids(), []);
    assert.deepEqual((await subscribe(customer)).body, { success: true });
    await subscribe(customer);
    assert.deepEqual(await ids(), [sandbox.credentials.appId]);
    assert.deepEqual((await as(customer.token).delete(path(customer))).body, { success: true });
    assert.deepEqual(await ids(), []);
  });
});

describe('an override of the account', () => {
  it('needs a subscription of before', async () => {
    const customer = await connect();
    const { error } = (await subscribe(customer, override())).body;
    assert.equal(error?.code, 100);
    assert.match(
      error?.message ?? '',
      /^\(#100\) Before override the current callback uri, your app must be sub/,
    );
    assert.deepEqual(await list(customer), []);
  });

  it('is verified, shown, and taken away by subscribing without one', async () => {
    const customer = await connect();
    await subscribe(customer);
    const { body } = await subscribe(customer, override());
    assert.equal(body.success, true);
    assert.equal((await list(customer))[0]?.override_callback_uri, uri);
    await subscribe(customer);
    assert.deepEqual(Object.keys((await list(customer))[0] ?? {}), ['whatsapp_business_api_data']);
  });

  it('is refused where the callback does not know the token, and the one of before stays', async () => {
    const customer = await connect();
    await subscribe(customer);
    await subscribe(customer, override());
    const { error } = (await subscribe(customer, { ...override(), verify_token: 'wrong' })).body;
    assert.equal(error?.code, 2200);
    assert.match(error?.message ?? '', /Callback verification failed with the following errors: .*403/);
    assert.equal((await list(customer))[0]?.override_callback_uri, uri);
  });

  const wrong: [string, () => Record<string, string>][] = [
    [
      'more than 200 characters',
      () => ({ ...override(), override_callback_uri: `${uri}?${'a'.repeat(200)}` }),
    ],
    ['plain http', () => ({ ...override(), override_callback_uri: 'http://shop.example/hook' })],
    ['no address', () => ({ ...override(), override_callback_uri: 'hook' })],
    ['no token', () => ({ override_callback_uri: uri })],
  ];
  for (const [what, fields] of wrong) {
    it(`is refused with ${what}`, async () => {
      const customer = await connect();
      await subscribe(customer);
      assert.equal((await subscribe(customer, fields())).body.error?.code, 100);
    });
  }
});

describe('an override of one number', () => {
  it('stands before the account’s, and goes with an empty address', async () => {
    const customer = await connect();
    const phone = `/v26.0/${customer.phoneNumberId}`;
    const set = (configuration: object) =>
      as(customer.token).post(phone, { webhook_configuration: JSON.stringify(configuration) });
    const read = async () =>
      (await as(customer.token).get(`${phone}?fields=webhook_configuration`)).body.webhook_configuration;
    assert.equal((await set(override())).body.error?.code, 100, 'not subscribed');
    await subscribe(customer);
    await subscribe(customer, override());
    assert.deepEqual((await set({ ...override(), override_callback_uri: `${uri}/2` })).body, {
      success: true,
    });
    assert.deepEqual(await read(), { phone_number: `${uri}/2`, whatsapp_business_account: uri });
    await set({ override_callback_uri: '' });
    assert.deepEqual(await read(), { whatsapp_business_account: uri });
  });
});
