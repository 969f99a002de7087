import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { fixedCredentials } from '../../credentials.ts';
import { createGraphWorld } from '../../test/graph-world.ts';
import type { Happening } from '../../world/happening.ts';

const { world, as, connect, personToken, appToken, systemUserToken } = createGraphWorld();

const granted = async (token: string, id = 'me') =>
  ((await as(token).get(`/v26.0/${id}/permissions`)).body.data as { permission: string }[]).map(
    ({ permission }) => permission,
  );

describe('me', () => {
  it('is the business’s integration system user, the same after every signup', async () => {
    const first = await connect();
    const again = await connect({ details: { businessId: first.businessId } });
    const { body } = await as(first.token).get('/me?fields=id,name,client_business_id');
    assert.equal(body.client_business_id, first.businessId);
    assert.equal((await as(again.token).get('/me')).body.id, body.id);
    assert.notEqual((await as((await connect()).token).get('/me')).body.id, body.id);
  });

  it('is the partner’s system user, or a person', async () => {
    assert.deepEqual((await as(systemUserToken).get('/v26.0/me')).body, {
      name: 'Sandbox System User',
      id: fixedCredentials.systemUserId,
    });
    const own = await as(systemUserToken).get('/me?fields=role,business');
    assert.deepEqual(
      [own.body.role, (own.body.business as { id: string }).id],
      ['ADMIN', fixedCredentials.businessId],
    );
    assert.equal((await as(personToken('400000000000101')).get('/me?fields=role')).body.error?.code, 100);
    const { body } = await as(personToken('400000000000101')).get('/me');
    assert.deepEqual(body, { name: 'Robin Okafor', id: '400000000000101' });
  });

  it('names a client’s business for business tokens alone', async () => {
    for (const token of [personToken('400000000000101'), systemUserToken]) {
      const { status, body } = await as(token).get('/me?fields=id,client_business_id');
      assert.deepEqual([status, body.error?.code], [400, 190]);
    }
  });

  it('is nobody for the app’s own token', async () => {
    const { status, body } = await as(appToken).get('/me');
    assert.deepEqual([status, body.error?.code], [400, 2500]);
  });

  it('does not show another user', async () => {
    const [mine, other] = [await connect(), await connect()];
    const { id } = (await as(other.token).get('/me')).body;
    const { body } = await as(mine.token).get(`/${id}`);
    assert.deepEqual([body.error?.code, body.error?.error_subcode], [100, 33]);
  });

  it('lists its businesses to whom business_management was granted', async () => {
    const { body } = await as(systemUserToken).get('/me/businesses');
    assert.deepEqual(body.data, [{ name: 'Sandbox Partner', id: fixedCredentials.businessId }]);
    const { token } = await connect();
    const refused = await as(token).get('/me/businesses');
    assert.deepEqual(
      [refused.body.error?.code, refused.body.error?.message],
      [100, '(#100) Missing Permission'],
    );
  });
});

describe('permissions', () => {
  it('are those that the customer granted, by either name', async () => {
    const { token } = await connect();
    const both = ['whatsapp_business_management', 'whatsapp_business_messaging'];
    assert.deepEqual(await granted(token), both);
    const { id } = (await as(token).get('/me')).body;
    assert.deepEqual(await granted(token, String(id)), both);
    assert.deepEqual(await granted(appToken, String(id)), both);
  });

  it('can be given back one by one, after which calls lack it', async () => {
    const { token, wabaId } = await connect();
    const path = '/me/permissions/whatsapp_business_management';
    assert.deepEqual((await as(token).delete(path)).body, { success: true });
    assert.deepEqual(await granted(token), ['whatsapp_business_messaging']);
    const { status, body } = await as(token).get(`/${wabaId}`);
    assert.deepEqual([status, body.error?.code], [403, 200]);
    assert.equal((await as(token).delete(path)).body.error?.code, 100, 'it is gone already');
    await as(token).delete('/me/permissions?permission=whatsapp_business_messaging');
    assert.deepEqual(await granted(token), []);
  });

  it('end altogether with the app: every token of the business dies, and nobody else’s', async () => {
    const heard: Happening[] = [];
    world.onHappening((happening) => heard.push(happening));
    const first = await connect();
    const second = await connect({ details: { businessId: first.businessId } });
    const other = await connect();
    const { id } = (await as(first.token).get('/me')).body;
    assert.deepEqual((await as(appToken).delete(`/${id}/permissions`)).body, { success: true });
    for (const { token } of [first, second]) {
      const { status, body } = await as(token).get('/me');
      assert.deepEqual([status, body.error?.code, body.error?.error_subcode], [401, 190, 458]);
    }
    assert.equal((await as(other.token).get('/me')).status, 200);
    assert.deepEqual(heard.at(-1), {
      kind: 'app-uninstalled',
      wabaId: second.wabaId,
      appId: fixedCredentials.appId,
    });
    assert.equal((await as(systemUserToken).get(`/${first.businessId}`)).body.error?.error_subcode, 33);
  });
});
