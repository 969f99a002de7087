import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { createSandbox } from '../sandbox.ts';
import { createClient } from '../test/client.ts';

const sandbox = createSandbox();
const { graph, as, connect } = createClient(sandbox);

before(() => sandbox.start());
after(() => sandbox.stop());

describe('reading an account', () => {
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

  it('gives the asked fields, nested ones too', async () => {
    const { token, wabaId, phoneNumberId, businessId } = await connect('finish', {
      businessName: 'Cedar Books',
    });
    const { body } = await as(token).get(
      `/v26.0/${wabaId}?fields=owner_business_info{id,name},phone_numbers{status,health_status}`,
    );
    assert.deepEqual(body.owner_business_info, { name: 'Cedar Books', id: businessId });
    const { data } = body.phone_numbers as { data: Record<string, unknown>[] };
    assert.deepEqual(Object.keys(data[0] ?? {}), ['status', 'health_status', 'id']);
    assert.equal(data[0]?.id, phoneNumberId);
  });

  it('refuses a field that does not exist', async () => {
    const { token, wabaId } = await connect();
    const { status, body } = await as(token).get(`/v26.0/${wabaId}?fields=id,shoe_size`);
    assert.equal(status, 400);
    assert.equal(body.error?.code, 100);
    assert.match(body.error?.message ?? '', /nonexisting field \(shoe_size\)/);
  });

  it('does not tell an account that is not granted from one that does not exist', async () => {
    const mine = await connect();
    const other = await connect();
    for (const id of [other.wabaId, other.phoneNumberId, '1', `${other.wabaId}/phone_numbers`]) {
      const { status, body } = await as(mine.token).get(`/v26.0/${id}`);
      assert.equal(status, 400);
      assert.deepEqual([body.error?.code, body.error?.error_subcode], [100, 33]);
      assert.equal(body.error?.type, 'GraphMethodException');
    }
  });

  it('has no number after a finish without one, and an unverified one after that finish', async () => {
    const without = await connect('finish-no-number');
    assert.equal(without.phoneNumberId, '');
    assert.deepEqual((await as(without.token).get(`/${without.wabaId}/phone_numbers`)).body, { data: [] });
    const unverified = await connect('finish-unverified');
    const { body } = await as(unverified.token).get(`/${unverified.phoneNumberId}`);
    assert.equal(body.code_verification_status, 'NOT_VERIFIED');
  });

  it('tells how much of the hour’s allowance is used', async () => {
    const { token, wabaId } = await connect();
    const { headers } = await as(token).get(`/v26.0/${wabaId}`);
    assert.deepEqual(Object.keys(JSON.parse(headers.get('x-app-usage') ?? '')), [
      'call_count',
      'total_cputime',
      'total_time',
    ]);
    const usage = JSON.parse(headers.get('x-business-use-case-usage') ?? '');
    assert.equal(usage[wabaId][0].call_count, 1);
  });
});

it('refuses a path that leads nowhere in Meta’s own envelope', async () => {
  const { status, body } = await graph('/v26.0/no/such/path');
  assert.deepEqual([status, body.error?.code], [400, 2500]);
});
