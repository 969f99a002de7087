import assert from 'node:assert/strict';
import { beforeEach, describe, it } from 'node:test';
import { fixedCredentials } from '../../credentials.ts';
import { createGraphWorld } from '../../test/graph-world.ts';
import { people } from '../../world/seed.ts';

const { world, as, connect, systemUserToken, personToken, appToken, ownApp } = createGraphWorld();

const [outsider, , , insider] = people;

beforeEach(() => world.reset());

describe('an app with standard access, or in development', () => {
  for (const limit of [{ accessLevel: 'standard' }, { mode: 'development' }] as const) {
    it(`ends at people with a role on it: ${JSON.stringify(limit)}`, async () => {
      const theirs = await connect({ details: { personId: outsider.id } });
      const own = await connect({ details: { personId: insider.id } });
      Object.assign(ownApp(), limit);
      for (const [path, token] of [
        [`/${theirs.wabaId}`, theirs.token],
        [`/${theirs.wabaId}/phone_numbers`, theirs.token],
        [`/${theirs.phoneNumberId}`, theirs.token],
        [`/${theirs.wabaId}`, systemUserToken],
        [`/${theirs.businessId}`, systemUserToken],
      ] as const) {
        const { status, body } = await as(token).get(path);
        assert.deepEqual([path, status, body.error?.code], [path, 403, 200]);
        assert.match(
          body.error?.message ?? '',
          /^\(#200\) App does not have Advanced Access to \w+ permission/,
        );
      }
      assert.equal((await as(own.token).get(`/${own.wabaId}`)).status, 200);
      assert.equal((await as(systemUserToken).get(`/${own.wabaId}`)).status, 200);
      const { body } = await as(systemUserToken).get(
        `/${fixedCredentials.businessId}/client_whatsapp_business_accounts`,
      );
      assert.deepEqual(
        (body.data as { id: string }[]).map(({ id }) => id),
        [own.wabaId],
      );
    });
  }

  it('reads its own business all the same', async () => {
    ownApp().accessLevel = 'standard';
    assert.equal((await as(systemUserToken).get(`/${fixedCredentials.businessId}`)).status, 200);
  });
});

describe('what App Review did not approve', () => {
  it('is not in a token, and what needs it is refused', async () => {
    ownApp().permissions.delete('whatsapp_business_management');
    const { token, wabaId, phoneNumberId } = await connect();
    assert.deepEqual((await as(token).get('/me/permissions')).body.data, [
      { permission: 'whatsapp_business_messaging', status: 'granted' },
    ]);
    assert.equal((await as(token).get(`/${wabaId}`)).body.error?.code, 200);
    const registered = await as(token).post(`/${phoneNumberId}/register`, {
      messaging_product: 'whatsapp',
      pin: '123456',
    });
    assert.equal(registered.body.error?.code, 200);
  });
});

describe('the wrong kind of token', () => {
  it('does not see an account', async () => {
    const { wabaId } = await connect();
    for (const token of [appToken, personToken(outsider.id, ['whatsapp_business_management'])]) {
      assert.equal((await as(token).get(`/${wabaId}`)).body.error?.error_subcode, 33);
    }
  });
});

describe('an app that requires proofs', () => {
  it('refuses every call without one', async () => {
    ownApp().requiresProof = true;
    for (const path of ['/me', '/debug_token?input_token=1', `/${fixedCredentials.businessId}`]) {
      const { status, body } = await as(systemUserToken).get(path);
      assert.deepEqual([status, body.error?.code, body.error?.type], [400, 104, 'GraphMethodException']);
    }
  });
});
