import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, it } from 'node:test';
import { secondPartner } from '../../credentials.ts';
import { createSandbox } from '../../sandbox.ts';
import { createClient } from '../../test/client.ts';

const sandbox = createSandbox();
const { control, connect, as } = createClient(sandbox);
const partner = () => as(sandbox.credentials.systemUserToken);

before(() => sandbox.start());
after(() => sandbox.stop());
beforeEach(() => control('POST', '/reset'));

async function assign(wabaId: string, tasks: string, user = sandbox.credentials.systemUserId) {
  return partner().post(`/v26.0/${wabaId}/assigned_users`, { user, tasks });
}

async function assigned(wabaId: string): Promise<Record<string, unknown>[]> {
  const { businessId } = sandbox.credentials;
  const { body } = await partner().get(`/v26.0/${wabaId}/assigned_users?business=${businessId}`);
  return body.data as Record<string, unknown>[];
}

describe('assigning system users to a customer’s account', () => {
  it('lists them with their tasks, changes these, and takes them off again', async () => {
    const { wabaId } = await connect();
    const { systemUserId } = sandbox.credentials;
    assert.deepEqual(await assigned(wabaId), []);
    assert.deepEqual((await assign(wabaId, "['MANAGE','DEVELOP']")).body, { success: true });
    const [user] = await assigned(wabaId);
    assert.deepEqual(user, {
      id: systemUserId,
      name: 'Sandbox System User',
      tasks: ['MANAGE', 'DEVELOP'],
    });
    await assign(wabaId, '["MANAGE_BILLING"]');
    assert.deepEqual((await assigned(wabaId))[0]?.tasks, ['MANAGE_BILLING']);
    const path = `/v26.0/${wabaId}/assigned_users?user=${systemUserId}`;
    assert.deepEqual((await partner().delete(path)).body, { success: true });
    assert.deepEqual(await assigned(wabaId), []);
    assert.equal((await partner().delete(path)).body.error?.code, 803);
  });

  it('takes the tasks as a PHP form too', async () => {
    const { wabaId } = await connect();
    await partner().post(`/v26.0/${wabaId}/assigned_users`, {
      user: sandbox.credentials.systemUserId,
      'tasks[0]': 'DEVELOP',
      'tasks[1]': 'MESSAGING',
    });
    assert.deepEqual((await assigned(wabaId))[0]?.tasks, ['DEVELOP', 'MESSAGING']);
  });

  it('refuses unknown tasks, none at all, and users of others', async () => {
    const { wabaId } = await connect();
    const unknown = await assign(wabaId, '["MANAGE","RULE"]');
    assert.match(unknown.body.error?.message ?? '', /Param tasks\[1\] must be one of .* got "RULE"/);
    assert.equal((await assign(wabaId, '[]')).body.error?.code, 100);
    const foreign = await assign(wabaId, '["MANAGE"]', secondPartner.systemUserId);
    assert.match(foreign.body.error?.message ?? '', /user must be a valid user ID/);
    assert.deepEqual(await assigned(wabaId), []);
  });

  it('is for an admin’s system token', async () => {
    const { token, wabaId } = await connect();
    const fields = { user: sandbox.credentials.systemUserId, tasks: '["MANAGE"]' };
    const byCustomer = await as(token).post(`/v26.0/${wabaId}/assigned_users`, fields);
    assert.deepEqual([byCustomer.status, byCustomer.body.error?.code], [403, 10]);
    await control('POST', '/partnership', { role: 'EMPLOYEE' });
    const { body } = await assign(wabaId, '["MANAGE"]');
    assert.deepEqual([body.error?.code, body.error?.error_subcode], [200, 1349174]);
  });

  it('names the business whose users it lists', async () => {
    const { wabaId } = await connect();
    const none = await partner().get(`/v26.0/${wabaId}/assigned_users`);
    assert.match(none.body.error?.message ?? '', /parameter business is required/);
    const stranger = await partner().get(
      `/v26.0/${wabaId}/assigned_users?business=${secondPartner.businessId}`,
    );
    assert.equal(stranger.body.error?.code, 200);
  });

  it('cannot be done from without', async () => {
    const { wabaId } = await connect();
    const other = await as(secondPartner.systemUserToken).get(`/v26.0/${wabaId}/assigned_users`);
    assert.deepEqual([other.body.error?.code, other.body.error?.error_subcode], [100, 33]);
  });
});

describe('system users', () => {
  it('are listed where they can be assigned', async () => {
    const { token, wabaId } = await connect();
    const { body } = await partner().get(`/v26.0/${wabaId}/system_users`);
    assert.deepEqual(body.data, [
      { id: sandbox.credentials.systemUserId, name: 'Sandbox System User', role: 'ADMIN' },
    ]);
    assert.equal((await as(token).get(`/v26.0/${wabaId}/system_users`)).body.error?.code, 10);
  });

  it('know the accounts that they were assigned to', async () => {
    const { wabaId, phoneNumberId, businessId } = await connect();
    await connect();
    await assign(wabaId, '["MANAGE"]');
    const { systemUserId } = sandbox.credentials;
    const path = `/v26.0/${systemUserId}/assigned_whatsapp_business_accounts`;
    const { body } = await partner().get(path);
    const [account, ...others] = body.data as Record<string, unknown>[];
    assert.deepEqual([account?.id, account?.status, others], [wabaId, 'ACTIVE', []]);
    const more = await partner().get(`${path}?fields=permissions,business_id,phone_numbers{id}`);
    assert.deepEqual(more.body.data, [
      {
        permissions: ['MANAGE'],
        business_id: businessId,
        phone_numbers: [{ id: phoneNumberId }],
        id: wabaId,
      },
    ]);
  });
});
