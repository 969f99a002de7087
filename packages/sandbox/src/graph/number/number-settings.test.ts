import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { createSandbox } from '../../sandbox.ts';
import { type Customer, createClient } from '../../test/client.ts';

const sandbox = createSandbox();
const { as, connect } = createClient(sandbox);

before(() => sandbox.start());
after(() => sandbox.stop());

const set = ({ token, phoneNumberId }: Customer, settings: object) =>
  as(token).post(
    `/v26.0/${phoneNumberId}/settings`,
    Object.fromEntries(Object.entries(settings).map(([name, value]) => [name, JSON.stringify(value)])),
  );
const read = async ({ token, phoneNumberId }: Customer) =>
  (await as(token).get(`/v26.0/${phoneNumberId}/settings`)).body as Record<string, Record<string, unknown>>;

describe('the settings of a number', () => {
  it('are Meta’s own at first', async () => {
    const settings = await read(await connect());
    assert.equal(settings.calling?.status, 'disabled');
    assert.deepEqual(settings.storage_configuration, { status: 'default' });
  });

  it('keep the region that settings or registering name', async () => {
    const customer = await connect();
    assert.deepEqual((await set(customer, { storage_configuration: { enabled: true, region: 'CH' } })).body, {
      success: true,
    });
    const inSwitzerland = { status: 'in_country_storage_enabled', data_localization_region: 'CH' };
    assert.deepEqual((await read(customer)).storage_configuration, inSwitzerland);
    const registration = { messaging_product: 'whatsapp', pin: '123456', data_localization_region: 'DE' };
    await as(customer.token).post(`/${customer.phoneNumberId}/register`, registration);
    const { storage_configuration } = await read(customer);
    assert.equal(storage_configuration?.data_localization_region, 'DE');
  });

  it('turn calling on without forgetting the rest', async () => {
    const customer = await connect();
    await set(customer, { calling: { status: 'enabled', call_icon_visibility: 'hidden' } });
    await set(customer, { calling: { status: 'enabled' } });
    const { calling } = await read(customer);
    assert.deepEqual([calling?.status, calling?.call_icon_visibility], ['enabled', 'hidden']);
  });

  const wrong: object[] = [
    {},
    { calling: { status: 'enabled' }, user_identity_change: { enabled: true } },
    { calling: { status: 'maybe' } },
    { calling: { status: 'enabled', call_icon_visibility: 'blinking' } },
    { user_identity_change: { enabled: 'yes' } },
    { payload_encryption: { status: 'enabled' } },
    { storage_configuration: { enabled: true, region: 'US' } },
    { storage_configuration: 'CH' },
  ];
  for (const settings of wrong) {
    it(`refuse ${JSON.stringify(settings)}`, async () => {
      assert.equal((await set(await connect(), settings)).body.error?.code, 100);
    });
  }
});
