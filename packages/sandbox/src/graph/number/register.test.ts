import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { createSandbox } from '../../sandbox.ts';
import { type Customer, createClient } from '../../test/client.ts';

const sandbox = createSandbox();
const { control, as, connect } = createClient(sandbox);

before(() => sandbox.start());
after(() => sandbox.stop());

const right = { messaging_product: 'whatsapp', pin: '123456' };
const hour = 60 * 60 * 1000;
const advance = (advanceMs: number) => control('POST', '/clock', { advanceMs });

const register = ({ token, phoneNumberId }: Customer, fields: Record<string, string> = right) =>
  as(token).post(`/v26.0/${phoneNumberId}/register`, fields);
const deregister = ({ token, phoneNumberId }: Customer) =>
  as(token).post(`/v26.0/${phoneNumberId}/deregister`);
const read = async ({ token, phoneNumberId }: Customer, fields: string) =>
  (await as(token).get(`/v26.0/${phoneNumberId}?fields=${fields}`)).body;
const statusOf = async (customer: Customer) => (await read(customer, 'status')).status;

describe('registering', () => {
  it('connects the number to Cloud API, and again with the same PIN', async () => {
    const customer = await connect();
    assert.equal(await statusOf(customer), 'PENDING');
    assert.deepEqual((await register(customer)).body, { success: true });
    assert.deepEqual(await read(customer, 'status,platform_type,is_pin_enabled,messaging_limit_tier'), {
      status: 'CONNECTED',
      platform_type: 'CLOUD_API',
      is_pin_enabled: true,
      messaging_limit_tier: 'TIER_250',
      id: customer.phoneNumberId,
    });
    assert.equal((await register(customer)).status, 200);
  });

  const wrong: [string, Record<string, string>][] = [
    ['no messaging_product', { pin: '123456' }],
    ['another messaging_product', { ...right, messaging_product: 'telegram' }],
    ['no PIN', { messaging_product: 'whatsapp' }],
    ['a short PIN', { ...right, pin: '12345' }],
    ['a PIN of letters', { ...right, pin: 'abcdef' }],
    ['an unknown region', { ...right, data_localization_region: 'US' }],
    ['an unknown tier', { ...right, tier: 'GOLD' }],
    ['half a backup', { ...right, backup: '{"data":"x"}' }],
  ];
  for (const [what, fields] of wrong) {
    it(`refuses ${what}, without counting the call`, async () => {
      const customer = await connect();
      for (let call = 0; call < 11; call++) {
        assert.equal((await register(customer, fields)).body.error?.code, 100);
      }
      assert.equal((await register(customer)).status, 200);
    });
  }

  it('takes every parameter that Meta has', async () => {
    const customer = await connect();
    const { status } = await register(customer, {
      ...right,
      data_localization_region: 'DE',
      tier: 'PROD',
      backup: JSON.stringify({ data: 'x', password: 'y' }),
    });
    assert.equal(status, 200);
  });

  it('refuses a number that is not verified, and one whose verification is older than 14 days', async () => {
    const unverified = await connect('finish-unverified');
    assert.equal((await register(unverified)).body.error?.code, 133006);
    const slow = await connect();
    await advance(14 * 24 * hour - 60_000);
    assert.equal((await read(slow, 'code_verification_status')).code_verification_status, 'VERIFIED');
    await advance(60_000);
    assert.equal((await read(slow, 'code_verification_status')).code_verification_status, 'EXPIRED');
    assert.equal((await register(slow)).body.error?.code, 133006);
  });

  it('leaves a number alone that lives on the WhatsApp Business app', async () => {
    const customer = await connect('coexistence');
    const { body } = await as(customer.token).get(`/${customer.wabaId}/phone_numbers`);
    const [phone] = body.data as { id: string }[];
    const coexisting = { ...customer, phoneNumberId: phone?.id ?? '' };
    for (const answer of [await register(coexisting), await deregister(coexisting)]) {
      assert.equal(answer.body.error?.code, 100);
      assert.match(answer.body.error?.message ?? '', /not available for API solution for SMB businesses/);
    }
  });

  it('changes the region of a registered number through deregistering alone', async () => {
    const customer = await connect();
    const inGermany = { ...right, data_localization_region: 'DE' };
    assert.equal((await register(customer, inGermany)).status, 200);
    const inIndia = { ...right, data_localization_region: 'IN' };
    assert.equal((await register(customer, inIndia)).body.error?.code, 100);
    await deregister(customer);
    assert.equal((await register(customer, inIndia)).status, 200);
  });
});

describe('a number of a banned account', () => {
  it('is banned with it, and cannot be registered', async () => {
    const customer = await connect();
    await control('POST', '/accounts', { wabaId: customer.wabaId, happens: 'banned' });
    assert.equal(await statusOf(customer), 'BANNED');
    const { status, body } = await register(customer);
    assert.deepEqual([status, body.error?.code], [403, 131031]);
    await control('POST', '/accounts', { wabaId: customer.wabaId, happens: 'reinstated' });
    assert.equal((await register(customer)).status, 200);
  });
});

describe('the ten registrations of 72 hours', () => {
  it('are used up by registering and deregistering together', async () => {
    const customer = await connect();
    for (let round = 0; round < 5; round++) {
      assert.equal((await register(customer)).status, 200);
      assert.equal((await deregister(customer)).status, 200);
    }
    const { body } = await register(customer);
    assert.equal(body.error?.code, 133016);
    assert.match(body.error?.error_data?.details ?? '', /72 hours/);
    await advance(72 * hour);
    assert.equal((await register(customer)).status, 200);
  });

  it('are one number’s own', async () => {
    const busy = await connect();
    for (let call = 0; call < 10; call++) await register(busy);
    assert.equal((await register(busy)).body.error?.code, 133016);
    assert.equal((await register(await connect())).status, 200);
  });
});

describe('deregistering', () => {
  it('disconnects the number and keeps its PIN', async () => {
    const customer = await connect();
    await register(customer);
    assert.deepEqual((await deregister(customer)).body, { success: true });
    assert.equal(await statusOf(customer), 'DISCONNECTED');
    assert.equal((await register(customer, { ...right, pin: '654321' })).body.error?.code, 133005);
    assert.equal((await register(customer)).status, 200);
  });

  it('refuses a number that is not registered', async () => {
    const { body } = await deregister(await connect());
    assert.deepEqual([body.error?.code, body.error?.error_subcode], [100, 2207051]);
  });
});

describe('a wrong PIN', () => {
  const guess = async (customer: Customer, pin: string) =>
    (await register(customer, { ...right, pin })).body.error;

  it('is refused as such, and does not matter after the right one', async () => {
    const customer = await connect('finish', { pin: '123456' });
    assert.equal((await guess(customer, '000000'))?.code, 133005);
    assert.equal((await register(customer)).status, 200);
  });

  it('three times in ten seconds is too fast', async () => {
    const customer = await connect('finish', { pin: '123456' });
    await guess(customer, '000000');
    await guess(customer, '111111');
    const hasty = await guess(customer, '123456');
    assert.equal(hasty?.code, 133009);
    assert.match(hasty?.error_data?.details ?? '', /Try again in \d+ seconds/);
    await advance(10_000);
    assert.equal((await register(customer)).status, 200);
  });

  it('locks the number after five, the right PIN included, for twelve hours', async () => {
    const customer = await connect('finish', { pin: '123456' });
    for (let call = 0; call < 5; call++) {
      assert.equal((await guess(customer, '000000'))?.code, 133005);
      await advance(60_000);
    }
    const locked = await guess(customer, '123456');
    assert.equal(locked?.code, 133008);
    assert.match(locked?.error_data?.details ?? '', /Try again in 4\d{4} seconds/);
    await advance(12 * hour);
    assert.equal((await register(customer)).status, 200);
  });
});
