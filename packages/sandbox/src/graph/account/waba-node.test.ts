import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { createSandbox } from '../../sandbox.ts';
import { createClient } from '../../test/client.ts';

const sandbox = createSandbox();
const { as, connect } = createClient(sandbox);

before(() => sandbox.start());
after(() => sandbox.stop());

describe('an account', () => {
  it('gives Meta’s default fields where none are asked for', async () => {
    const { token, wabaId, phoneNumberId } = await connect();
    const waba = await as(token).get(`/v26.0/${wabaId}`);
    assert.deepEqual(Object.keys(waba.body).sort(), [
      'currency',
      'id',
      'message_template_namespace',
      'name',
      'timezone_id',
    ]);
    const { body } = await as(token).get(`/v26.0/${wabaId}/phone_numbers`);
    const [phone] = body.data as Record<string, unknown>[];
    assert.equal(phone?.id, phoneNumberId);
    assert.equal(phone?.code_verification_status, 'VERIFIED');
    assert.match(String(phone?.display_phone_number), /^\+1 \d{3}-555-01\d\d$/);
  });

  it('has no number after a finish without one, and an unverified one after that finish', async () => {
    const without = await connect('finish-no-number');
    assert.equal(without.phoneNumberId, '');
    assert.deepEqual((await as(without.token).get(`/${without.wabaId}/phone_numbers`)).body, { data: [] });
    const unverified = await connect('finish-unverified');
    const { body } = await as(unverified.token).get(`/${unverified.phoneNumberId}`);
    assert.equal(body.code_verification_status, 'NOT_VERIFIED');
  });

  it('has every field of Meta’s, and leaves out what has no value', async () => {
    const { token, wabaId, businessId } = await connect('finish', { accountName: 'Cedar Books' });
    const fields = [
      'name',
      'currency',
      'timezone_id',
      'country',
      'status',
      'account_review_status',
      'business_verification_status',
      'primary_business_location',
      'primary_funding_id',
      'purchase_order_number',
      'is_enabled_for_insights',
      'auth_international_rate_eligibility',
      'marketing_messages_lite_api_status',
      'owner_business_info',
      'on_behalf_of_business_info',
    ];
    const { body } = await as(token).get(`/v26.0/${wabaId}?fields=${fields}`);
    const owner = { name: 'Cedar Books', id: businessId };
    const { owner_business_info, on_behalf_of_business_info, ...rest } = body;
    assert.equal((owner_business_info as { id: string }).id, businessId);
    assert.equal((on_behalf_of_business_info as { id: string }).id, owner.id);
    assert.deepEqual(rest, {
      name: 'Cedar Books',
      currency: 'USD',
      timezone_id: '1',
      country: 'US',
      status: 'ACTIVE',
      account_review_status: 'APPROVED',
      business_verification_status: 'not_verified',
      primary_business_location: 'US',
      is_enabled_for_insights: false,
      marketing_messages_lite_api_status: 'INELIGIBLE',
      id: wabaId,
    });
  });

  it('is the customer’s own, and a client’s in the partner’s eyes', async () => {
    const { token, wabaId } = await connect();
    const seenBy = async (holder: string) =>
      (await as(holder).get(`/${wabaId}?fields=ownership_type`)).body.ownership_type;
    assert.equal(await seenBy(token), 'SELF_OWNED');
    assert.equal(await seenBy(sandbox.credentials.systemUserToken), 'CLIENT_OWNED');
  });

  it('can be renamed and moved to another time zone', async () => {
    const { token, wabaId } = await connect();
    const fields = { name: 'Juniper Optics', timezone_id: '42' };
    assert.deepEqual((await as(token).post(`/v26.0/${wabaId}`, fields)).body, { success: true });
    const { body } = await as(token).get(`/v26.0/${wabaId}?fields=name,timezone_id`);
    assert.deepEqual(body, { ...fields, id: wabaId });
  });

  it('keeps its name where the new one is empty, too long, or comes with a wrong time zone', async () => {
    const { token, wabaId } = await connect('finish', { accountName: 'Cedar Books' });
    const wrong: Record<string, string>[] = [
      { name: '' },
      { name: 'a'.repeat(101) },
      { name: 'Fine', timezone_id: 'Mars/Olympus' },
    ];
    for (const fields of wrong) {
      assert.equal((await as(token).post(`/${wabaId}`, fields)).body.error?.code, 100);
    }
    assert.equal((await as(token).get(`/${wabaId}?fields=name`)).body.name, 'Cedar Books');
  });
});
