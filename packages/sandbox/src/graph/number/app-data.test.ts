import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { createSandbox } from '../../sandbox.ts';
import { type Customer, createClient } from '../../test/client.ts';

const sandbox = createSandbox();
const { control, as, connect } = createClient(sandbox);

before(() => sandbox.start());
after(() => sandbox.stop());

const hour = 60 * 60 * 1000;
const advance = (advanceMs: number) => control('POST', '/clock', { advanceMs });

const sync = ({ token, phoneNumberId }: Customer, sync_type: string) =>
  as(token).post(`/v26.0/${phoneNumberId}/smb_app_data`, { messaging_product: 'whatsapp', sync_type });

/** The finish event of coexistence names no number; the account has one. */
async function coexisting(): Promise<Customer> {
  const customer = await connect('coexistence');
  const { body } = await as(customer.token).get(`/${customer.wabaId}/phone_numbers`);
  return { ...customer, phoneNumberId: String((body.data as { id: string }[])[0]?.id) };
}

describe('the sync of a number on the WhatsApp Business app', () => {
  it('of contacts and of history is asked for once each', async () => {
    const customer = await coexisting();
    for (const type of ['smb_app_state_sync', 'history']) {
      const { body } = await sync(customer, type);
      assert.equal(body.messaging_product, 'whatsapp');
      assert.match(String(body.request_id), /^\d+$/);
      const { error } = (await sync(customer, type)).body;
      assert.deepEqual(
        [error?.code, error?.message],
        [2593107, '(#2593107) Synchronization request limit exceeded'],
      );
    }
  });

  it('is asked for within a day of the onboarding', async () => {
    const customer = await coexisting();
    await advance(24 * hour - 60_000);
    assert.equal((await sync(customer, 'smb_app_state_sync')).status, 200);
    await advance(60_000);
    assert.equal((await sync(customer, 'history')).body.error?.code, 2593108);
  });

  it('can be asked for again after another onboarding', async () => {
    const customer = await coexisting();
    await sync(customer, 'history');
    await advance(48 * hour);
    const again = await connect('coexistence', { wabaId: customer.wabaId });
    assert.equal((await sync({ ...customer, token: again.token }, 'history')).status, 200);
  });

  it('is refused for another number, and for what is no sync', async () => {
    assert.equal((await sync(await connect(), 'history')).body.error?.code, 100);
    assert.equal((await sync(await coexisting(), 'everything')).body.error?.code, 100);
    const { token, phoneNumberId } = await coexisting();
    const { body } = await as(token).post(`/${phoneNumberId}/smb_app_data`, { sync_type: 'history' });
    assert.equal(body.error?.code, 100);
  });
});
