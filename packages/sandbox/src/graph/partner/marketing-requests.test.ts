import assert from 'node:assert/strict';
import { after, before, beforeEach, it } from 'node:test';
import { secondPartner } from '../../credentials.ts';
import { createSandbox } from '../../sandbox.ts';
import { createClient } from '../../test/client.ts';

const sandbox = createSandbox();
const { control, connect, as } = createClient(sandbox);

before(() => sandbox.start());
after(() => sandbox.stop());
beforeEach(() => control('POST', '/reset'));

const ask = (businessId: string, fields = {}, token = sandbox.credentials.systemUserToken) =>
  as(token).post(`/v26.0/${businessId}/onboard_partners_to_mm_lite`, fields);

it('asks a customer for Marketing Messages once, and then tells of the request that waits', async () => {
  const { businessId } = await connect();
  const first = await ask(businessId);
  assert.match(String(first.body.request_id), /^\d+$/);
  assert.deepEqual((await ask(businessId)).body, first.body);
  assert.notEqual((await ask((await connect()).businessId)).body.request_id, first.body.request_id);
});

it('refuses oneself, strangers, unknown solutions, and customers who shared no account', async () => {
  const { token, businessId } = await connect();
  assert.equal((await ask(sandbox.credentials.businessId)).body.error?.code, 200);
  const foreign = await ask(businessId, {}, secondPartner.systemUserToken);
  assert.deepEqual([foreign.body.error?.code, foreign.body.error?.error_subcode], [100, 33]);
  assert.equal((await ask(businessId, { solution_id: '1' })).body.error?.code, 803);
  assert.equal((await ask(businessId, { solution_id: 'one' })).body.error?.code, 100);
  const appOnly = await connect('app-only');
  assert.match((await ask(appOnly.businessId)).body.error?.message ?? '', /No eligible/);
  assert.equal((await ask(businessId, {}, token)).body.error?.code, 10);
});
