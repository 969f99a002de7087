import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { createSandbox } from '../../sandbox.ts';
import { type Customer, createClient } from '../../test/client.ts';

const sandbox = createSandbox();
const { control, as, connect } = createClient(sandbox);

before(() => sandbox.start());
after(() => sandbox.stop());

const day = 24 * 60 * 60 * 1000;
const advance = (advanceMs: number) => control('POST', '/clock', { advanceMs });

const update = ({ token, phoneNumberId }: Customer, fields: Record<string, string>) =>
  as(token).post(`/v26.0/${phoneNumberId}`, fields);
const register = ({ token, phoneNumberId }: Customer, pin = '123456') =>
  as(token).post(`/v26.0/${phoneNumberId}/register`, { messaging_product: 'whatsapp', pin });
const read = async ({ token, phoneNumberId }: Customer, fields: string) => {
  const { body } = await as(token).get(`/v26.0/${phoneNumberId}?fields=${fields}`);
  const { id, ...rest } = body;
  return rest;
};

describe('a number', () => {
  it('has every field of Meta’s, and leaves out what has no value', async () => {
    const customer = await connect('finish', {
      displayName: 'Cedar Books',
      displayNumber: '+1 415-555-0134',
    });
    const fields = [
      'display_phone_number',
      'country_code',
      'country_dial_code',
      'verified_name',
      'status',
      'quality_rating',
      'code_verification_status',
      'name_status',
      'new_display_name',
      'new_name_status',
      'unified_cert_status',
      'platform_type',
      'host_platform',
      'throughput{level}',
      'is_on_biz_app',
      'is_official_business_account',
      'is_pin_enabled',
      'account_mode',
      'messaging_limit_tier',
      'webhook_configuration',
      'search_visibility',
      'username',
    ].join();
    assert.deepEqual(await read(customer, fields), {
      display_phone_number: '+1 415-555-0134',
      country_code: 'US',
      country_dial_code: '1',
      verified_name: 'Cedar Books',
      status: 'PENDING',
      quality_rating: 'UNKNOWN',
      code_verification_status: 'VERIFIED',
      name_status: 'AVAILABLE_WITHOUT_REVIEW',
      new_name_status: 'NONE',
      unified_cert_status: 'APPROVED',
      platform_type: 'NOT_APPLICABLE',
      host_platform: 'NOT_APPLICABLE',
      throughput: { level: 'NOT_APPLICABLE' },
      is_on_biz_app: false,
      is_official_business_account: false,
      is_pin_enabled: false,
      account_mode: 'LIVE',
      webhook_configuration: {},
      search_visibility: 'NON_VISIBLE',
    });
    assert.match(String((await read(customer, 'certificate')).certificate), /^[\w+/]+=*$/);
  });

  it('is connected and never registered where it lives on the WhatsApp Business app', async () => {
    const customer = await connect('coexistence');
    const path = `/${customer.wabaId}/phone_numbers?fields=status,is_on_biz_app,platform_type`;
    const { body } = await as(customer.token).get(path);
    const [{ id, ...phone } = { id: '' }] = body.data as { id: string }[];
    assert.deepEqual(phone, { status: 'CONNECTED', is_on_biz_app: true, platform_type: 'CLOUD_API' });
    assert.match(id, /^\d+$/);
  });
});

describe('the PIN of a number', () => {
  it('is set and changed once the number is registered', async () => {
    const customer = await connect();
    assert.equal((await update(customer, { pin: '654321' })).body.error?.code, 133010);
    await register(customer);
    assert.deepEqual((await update(customer, { pin: '654321' })).body, { success: true });
    assert.equal((await register(customer)).body.error?.code, 133005);
    assert.equal((await register(customer, '654321')).status, 200);
  });

  it('cannot be turned off, nor be anything but six digits', async () => {
    const customer = await connect('finish', { registered: true });
    for (const pin of ['', '12345', 'abcdef']) {
      assert.equal((await update(customer, { pin })).body.error?.code, 100);
    }
  });
});

describe('a new display name', () => {
  const status = async (customer: Customer) =>
    Object.values(await read(customer, 'verified_name,new_name_status'));

  it('is reviewed, and shows once the number is registered again', async () => {
    const customer = await connect('finish', { displayName: 'Cedar Books', registered: true });
    assert.deepEqual((await update(customer, { new_display_name: 'Cedar & Sons' })).body, { success: true });
    assert.deepEqual(await status(customer), ['Cedar Books', 'PENDING_REVIEW']);
    await register(customer);
    assert.deepEqual(await status(customer), ['Cedar Books', 'PENDING_REVIEW']);
    await advance(30_000);
    assert.deepEqual(await status(customer), ['Cedar Books', 'APPROVED']);
    await register(customer);
    assert.deepEqual(await status(customer), ['Cedar & Sons', 'NONE']);
  });

  it('is not taken where it is rejected', async () => {
    const customer = await connect('finish', { displayName: 'Cedar Books', registered: true });
    await update(customer, { new_display_name: 'Cedar & Sons' });
    await control('POST', '/accounts', { wabaId: customer.wabaId, happens: 'name-rejected' });
    await advance(30_000);
    await register(customer);
    assert.deepEqual(await status(customer), ['Cedar Books', 'DECLINED']);
  });

  it('is lost where the number is not registered again within 14 days', async () => {
    const customer = await connect('finish', { displayName: 'Cedar Books', registered: true });
    await update(customer, { new_display_name: 'Cedar & Sons' });
    await advance(30_000 + 14 * day);
    assert.deepEqual(await status(customer), ['Cedar Books', 'EXPIRED']);
    await register(customer);
    assert.deepEqual(await status(customer), ['Cedar Books', 'EXPIRED']);
  });

  it('has 2 to 75 characters', async () => {
    const customer = await connect();
    for (const new_display_name of ['x', 'x'.repeat(76)]) {
      assert.equal((await update(customer, { new_display_name })).body.error?.code, 100);
    }
  });
});

describe('a username and the search', () => {
  it('are changed together', async () => {
    const customer = await connect();
    await update(customer, { username: 'cedar.books', search_visibility: 'VISIBLE' });
    assert.deepEqual(await read(customer, 'username,search_visibility'), {
      username: 'cedar.books',
      search_visibility: 'VISIBLE',
    });
  });

  it('change neither where one of them is wrong', async () => {
    const customer = await connect();
    const fields = { username: 'oak.books', search_visibility: 'SOMETIMES' };
    assert.equal((await update(customer, fields)).body.error?.code, 100);
    assert.deepEqual(await read(customer, 'username'), {});
  });

  it('refuse a name that another number has, and what is no username', async () => {
    await update(await connect(), { username: 'willow_yoga' });
    const customer = await connect();
    for (const username of ['Willow_Yoga', 'ab', '1234', '.dot', 'two..dots', 'has space', 'www.shop']) {
      assert.equal((await update(customer, { username })).body.error?.code, 100, username);
    }
  });
});
