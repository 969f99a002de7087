import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, it } from 'node:test';
import { secondPartner } from '../../credentials.ts';
import { createSandbox } from '../../sandbox.ts';
import { type Customer, createClient } from '../../test/client.ts';

const sandbox = createSandbox();
const { control, connect, as } = createClient(sandbox);
const partner = () => as(sandbox.credentials.systemUserToken);

before(() => sandbox.start());
after(() => sandbox.stop());
beforeEach(() => control('POST', '/reset'));

const assign = (wabaId: string, tasks = '["MANAGE"]') =>
  partner().post(`/${wabaId}/assigned_users`, { user: sandbox.credentials.systemUserId, tasks });

const shareAndAttach = (wabaId: string, currency = 'USD', line = sandbox.credentials.creditLineId) =>
  partner().post(
    `/v26.0/${line}/whatsapp_credit_sharing_and_attach?waba_currency=${currency}&waba_id=${wabaId}`,
  );

const share = (businessId: string) =>
  partner().post(
    `/v26.0/${sandbox.credentials.creditLineId}/whatsapp_credit_sharing?receiving_business_id=${businessId}`,
  );

const attach = ({ token, wabaId }: Customer, currency = 'EUR') =>
  as(token).post(`/v26.0/${sandbox.credentials.creditLineId}/whatsapp_credit_attach`, {
    waba_currency: currency,
    waba_id: wabaId,
  });

async function fundingOf({ token, wabaId }: Customer): Promise<unknown> {
  return (await as(token).get(`/${wabaId}?fields=primary_funding_id`)).body.primary_funding_id;
}

/** A customer who is paid for, and the share. */
async function funded(): Promise<{ customer: Customer; allocationId: string }> {
  const customer = await connect();
  await assign(customer.wabaId);
  const { body } = await shareAndAttach(customer.wabaId);
  return { customer, allocationId: String(body.allocation_config_id) };
}

describe('sharing and attaching in one call', () => {
  it('pays for the account, as reading back confirms', async () => {
    const customer = await connect();
    await assign(customer.wabaId);
    const { body } = await shareAndAttach(customer.wabaId, 'INR');
    assert.deepEqual(Object.keys(body), ['allocation_config_id', 'waba_id']);
    assert.equal(body.waba_id, customer.wabaId);
    const read = await partner().get(
      `/v26.0/${body.allocation_config_id}?fields=receiving_credential,receiving_business,request_status`,
    );
    const { id } = read.body.receiving_credential as { id: string };
    assert.equal(await fundingOf(customer), id);
    assert.equal((read.body.receiving_business as { id: string }).id, customer.businessId);
    assert.notEqual(read.body.request_status, 'DELETED');
    assert.equal((await as(customer.token).get(`/${customer.wabaId}`)).body.currency, 'INR');
  });

  it('uses one share for all accounts of a business', async () => {
    const { customer, allocationId } = await funded();
    const second = await connect('finish', { businessId: customer.businessId });
    await assign(second.wabaId);
    assert.equal((await shareAndAttach(second.wabaId)).body.allocation_config_id, allocationId);
    assert.equal(await fundingOf(second), await fundingOf(customer));
  });

  it('needs the system user on the account, with a task that bills', async () => {
    const { wabaId } = await connect();
    assert.equal((await shareAndAttach(wabaId)).body.error?.code, 200);
    await assign(wabaId, '["DEVELOP"]');
    assert.equal((await shareAndAttach(wabaId)).body.error?.code, 200);
    await assign(wabaId, '["MANAGE_BILLING"]');
    assert.equal((await shareAndAttach(wabaId)).status, 200);
  });

  it('refuses what is not shared, not there, not in a currency, or not the partner’s to give', async () => {
    const { token, wabaId } = await connect();
    await assign(wabaId);
    const appOnly = await connect('app-only');
    assert.equal((await shareAndAttach(appOnly.wabaId)).body.error?.code, 200);
    assert.equal((await shareAndAttach('1')).body.error?.code, 200);
    const currency = await shareAndAttach(wabaId, 'CHF');
    assert.match(
      currency.body.error?.message ?? '',
      /waba_currency must be one of {AUD, EUR, GBP, IDR, INR, USD}/,
    );
    const { body } = await shareAndAttach(wabaId, 'USD', '12345');
    assert.deepEqual([body.error?.code, body.error?.error_subcode], [100, 33]);
    const { creditLineId } = sandbox.credentials;
    const byCustomer = await as(token).post(`/${creditLineId}/whatsapp_credit_sharing_and_attach`, {
      waba_currency: 'USD',
      waba_id: wabaId,
    });
    assert.equal(byCustomer.body.error?.code, 100);
  });

  it('waits for the Credit Allocation terms', async () => {
    const { wabaId } = await connect();
    await assign(wabaId);
    await control('POST', '/partnership', { creditTerms: 'withdrawn' });
    const { status, body } = await shareAndAttach(wabaId);
    assert.deepEqual([status, body.error?.code], [403, 10]);
    await control('POST', '/partnership', { creditTerms: 'accepted' });
    assert.equal((await shareAndAttach(wabaId)).status, 200);
  });

  it('cannot be done again, since a credit line is not changed once attached', async () => {
    const { customer } = await funded();
    const again = await shareAndAttach(customer.wabaId, 'EUR');
    assert.equal(again.body.error?.code, 100);
    assert.equal((await as(customer.token).get(`/${customer.wabaId}`)).body.currency, 'USD');
  });

  it('keeps the currency of the first time, whatever was revoked since', async () => {
    const { customer, allocationId } = await funded();
    assert.equal((await partner().delete(`/${allocationId}`)).status, 200);
    assert.equal((await shareAndAttach(customer.wabaId, 'EUR')).body.error?.code, 100);
    assert.equal((await as(customer.token).get(`/${customer.wabaId}`)).body.currency, 'USD');
    assert.equal((await shareAndAttach(customer.wabaId, 'USD')).status, 200);
  });
});

describe('sharing first, and attaching with the customer’s token', () => {
  it('comes to the same', async () => {
    const customer = await connect();
    const shared = (await share(customer.businessId)).body;
    assert.equal(shared.success, true);
    assert.equal(await fundingOf(customer), undefined);
    assert.deepEqual((await attach(customer)).body, {
      success: true,
      waba_id: customer.wabaId,
      allocation_config_id: shared.allocation_config_id,
    });
    const read = await partner().get(`/${shared.allocation_config_id}?fields=receiving_credential`);
    assert.equal(await fundingOf(customer), (read.body.receiving_credential as { id: string }).id);
  });

  it('refuses a second share, an unknown business, and attaching before sharing', async () => {
    const customer = await connect();
    const early = await attach(customer);
    assert.deepEqual([early.body.error?.code, early.body.error?.error_subcode], [100, 33]);
    assert.equal((await share('1')).body.error?.code, 100);
    assert.equal((await share(secondPartner.businessId)).body.error?.code, 100);
    await share(customer.businessId);
    assert.equal((await share(customer.businessId)).body.error?.code, 4000);
  });

  it('lets neither the partner’s token attach nor the customer’s read the line', async () => {
    const customer = await connect();
    await share(customer.businessId);
    const byPartner = await attach({ ...customer, token: sandbox.credentials.systemUserToken });
    assert.equal(byPartner.body.error?.code, 200);
    const line = await as(customer.token).get(`/${sandbox.credentials.creditLineId}`);
    assert.equal(line.body.error?.code, 10);
    const foreign = await connect();
    const elsewhere = await attach({ ...customer, wabaId: foreign.wabaId });
    assert.equal(elsewhere.body.error?.code, 200);
  });
});

describe('revoking', () => {
  it('happens to every share once Meta takes the credit line away', async () => {
    const { customer } = await funded();
    await control('POST', '/partnership', { creditLine: 'taken-away' });
    const { businessId } = sandbox.credentials;
    assert.deepEqual((await partner().get(`/${businessId}/extendedcredits`)).body, { data: [] });
    const { body } = await shareAndAttach(customer.wabaId);
    assert.deepEqual([body.error?.code, body.error?.error_subcode], [100, 33]);
    assert.equal(await fundingOf(customer), undefined);
  });

  it('finds the share by the business, ends it, and leaves its accounts without a payment method', async () => {
    const { customer, allocationId } = await funded();
    await funded();
    const { creditLineId } = sandbox.credentials;
    const list = `/v26.0/${creditLineId}/owning_credit_allocation_configs?fields=id,receiving_business&receiving_business_id=${customer.businessId}`;
    const found = (await partner().get(list)).body.data as { id: string }[];
    assert.deepEqual(
      found.map(({ id }) => id),
      [allocationId],
    );
    assert.deepEqual((await partner().delete(`/v26.0/${allocationId}`)).body, { success: true });
    assert.equal(await fundingOf(customer), undefined);
    const { body } = await partner().get(`/${allocationId}?fields=receiving_business,request_status`);
    assert.equal(body.request_status, 'DELETED');
    assert.deepEqual((await partner().get(list)).body, { data: [] });
    assert.equal((await partner().delete(`/v26.0/${allocationId}`)).body.error?.code, 100);
  });

  it('can be taken back by sharing once more, as a new share', async () => {
    const { customer, allocationId } = await funded();
    await partner().delete(`/${allocationId}`);
    const { status, body } = await shareAndAttach(customer.wabaId);
    assert.equal(status, 200);
    assert.notEqual(body.allocation_config_id, allocationId);
  });

  it('is still possible once the customer took the partner off, and the account is not seen any more', async () => {
    const { customer, allocationId } = await funded();
    await control('POST', '/accounts', { wabaId: customer.wabaId, happens: 'removed' });
    const owner = await partner().get(`/${customer.wabaId}?fields=owner_business_info`);
    assert.deepEqual([owner.body.error?.code, owner.body.error?.error_subcode], [100, 33]);
    const { body } = await partner().get(`/${allocationId}?fields=receiving_business`);
    assert.equal((body.receiving_business as { id: string }).id, customer.businessId);
    assert.equal((await partner().delete(`/${allocationId}`)).status, 200);
  });

  it('is the partner’s alone', async () => {
    const { customer, allocationId } = await funded();
    for (const token of [customer.token, secondPartner.systemUserToken]) {
      const { body } = await as(token).delete(`/${allocationId}`);
      assert.deepEqual([body.error?.code, body.error?.error_subcode], [100, 33]);
    }
  });
});
