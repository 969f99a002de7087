import assert from 'node:assert/strict';
import { after, before, beforeEach, it } from 'node:test';
import { createSandbox } from '../../sandbox.ts';
import { createClient } from '../../test/client.ts';

const sandbox = createSandbox();
const { control, connect, as } = createClient(sandbox);
const partner = () => as(sandbox.credentials.systemUserToken);
const path = () => `/v26.0/${sandbox.credentials.businessId}/system_users`;

before(() => sandbox.start());
after(() => sandbox.stop());
beforeEach(() => control('POST', '/reset'));

it('lists a business’s system users, and makes others', async () => {
  const { systemUserId } = sandbox.credentials;
  const first = { id: systemUserId, name: 'Sandbox System User', role: 'ADMIN' };
  assert.deepEqual((await partner().get(path())).body.data, [first]);
  const { body } = await partner().post(path(), { name: 'Night Shift', role: 'EMPLOYEE' });
  const second = { id: body.id, name: 'Night Shift', role: 'EMPLOYEE' };
  assert.deepEqual((await partner().get(path())).body.data, [first, second]);
  const { wabaId } = await connect();
  const assigned = await partner().post(`/${wabaId}/assigned_users`, {
    user: String(body.id),
    tasks: '["MESSAGING"]',
  });
  assert.equal(assigned.status, 200);
  assert.equal((await partner().get(`/${body.id}?fields=name`)).body.name, 'Night Shift');
});

it('is for the business itself, and making for its admins', async () => {
  const { businessId } = await connect();
  assert.equal((await partner().get(`/v26.0/${businessId}/system_users`)).body.error?.code, 200);
  assert.equal((await partner().post(path(), { name: 'X', role: 'KING' })).body.error?.code, 100);
  await control('POST', '/partnership', { role: 'EMPLOYEE' });
  assert.equal((await partner().post(path(), { name: 'X', role: 'ADMIN' })).body.error?.code, 200);
  assert.equal((await partner().get(path())).status, 200);
});
