import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { describe, it } from 'node:test';
import { fixedCredentials } from '../../credentials.ts';
import { dayMs } from '../../durations.ts';
import { createGraphWorld } from '../../test/graph-world.ts';

const { world, as, connect, systemUserToken } = createGraphWorld();

const proofOf = (token: string) =>
  createHmac('sha256', fixedCredentials.appSecret).update(token).digest('hex');

async function makeUser(role: string): Promise<string> {
  const { body } = await as(systemUserToken).post(`/${fixedCredentials.businessId}/system_users`, {
    name: 'Night watch',
    role,
  });
  return String(body.id);
}

const ask = (userId: string, fields: Record<string, string> = {}, by = systemUserToken) =>
  as(by).post(`/v26.0/${userId}/access_tokens`, {
    business_app: fixedCredentials.appId,
    scope: 'whatsapp_business_management,business_management',
    appsecret_proof: proofOf(by),
    ...fields,
  });

describe('the tokens of one’s own system users', () => {
  it('are made by an admin, and see what the business sees', async () => {
    const { wabaId } = await connect();
    const userId = await makeUser('EMPLOYEE');
    const { body } = await ask(userId, { set_token_expires_in_60_days: 'true' });
    const token = String(body.access_token);
    assert.deepEqual((await as(token).get('/me')).body, { name: 'Night watch', id: userId });
    assert.equal((await as(token).get(`/${wabaId}`)).status, 200);
    assert.equal(world.tokens.get(token)?.expiresAt, world.clock.now() + 60 * dayMs);
    assert.equal((await ask(userId, {}, token)).body.error?.code, 200, 'an employee makes none');
  });

  it('need a proof, an app that is there, and permissions that the app has', async () => {
    const userId = await makeUser('ADMIN');
    for (const [change, code] of [
      [{ appsecret_proof: proofOf('another') }, 104],
      [{ business_app: '1' }, 100],
      [{ scope: 'ads_management' }, 100],
      [{ scope: '' }, 100],
    ] as const) {
      assert.equal((await ask(userId, change)).body.error?.code, code);
    }
    const path = `/${userId}/access_tokens`;
    assert.equal(
      (await as(systemUserToken).post(path, { business_app: fixedCredentials.appId })).body.error?.code,
      104,
    );
    const customer = await connect();
    assert.equal((await ask(userId, {}, customer.token)).body.error?.error_subcode, 33);
  });
});
