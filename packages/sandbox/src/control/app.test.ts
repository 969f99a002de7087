import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, it } from 'node:test';
import { createSandbox } from '../sandbox.ts';
import { createClient } from '../test/client.ts';

const sandbox = createSandbox();
const { control, connect, as, exchange, graph } = createClient(sandbox);

before(() => sandbox.start());
after(() => sandbox.stop());
beforeEach(() => control('POST', '/reset'));

/** What a control says of the thing that it changed. */
async function set(path: string, settings: object): Promise<Record<string, unknown>> {
  const { status, body } = await control('POST', path, settings);
  assert.equal(status, 200, JSON.stringify(body));
  return body as Record<string, unknown>;
}

describe('the app’s settings', () => {
  it('are taken as they come, and the rest stays', async () => {
    const app = await set('/app', { mode: 'development', roles: { '400000000000101': 'tester' } });
    assert.equal(app.mode, 'development');
    assert.deepEqual(app.roles, { '400000000000101': 'tester' });
    assert.equal(app.accessLevel, 'advanced');
    assert.equal((await set('/app', {})).mode, 'development');
  });

  it('decide who gets at whom', async () => {
    const { token, wabaId } = await connect();
    await set('/app', { accessLevel: 'standard' });
    assert.equal((await as(token).get(`/${wabaId}`)).body.error?.code, 200);
    await set('/app', { roles: { '400000000000101': 'developer' } });
    assert.equal((await as(token).get(`/${wabaId}`)).status, 200);
  });

  it('decide what a token may do, how long it lives, and what a call must carry', async () => {
    await set('/app', {
      permissions: ['whatsapp_business_management'],
      tokenDays: 7,
      configId: sandbox.credentials.configId,
    });
    const { body } = await exchange({ code: sandbox.issueCode().code });
    assert.equal(body.expires_in, 7 * 24 * 60 * 60);
    const { data } = (await as(String(body.access_token)).get('/me/permissions')).body;
    assert.deepEqual(data, [{ permission: 'whatsapp_business_management', status: 'granted' }]);
    await set('/app', { requiresProof: true });
    assert.equal((await as(String(body.access_token)).get('/me')).body.error?.code, 104);
  });

  it('decide what a dialog asks for', async () => {
    const permissions = ['business_management', 'whatsapp_business_management'];
    await set('/app', { asksFor: permissions });
    const { token, businessId } = await connect();
    const { body } = await as(token).get('/me/businesses');
    assert.deepEqual(
      (body.data as { id: string }[]).map(({ id }) => id),
      [businessId],
    );
  });
});

describe('a business’s settings', () => {
  it('are shown by the business', async () => {
    const { token, wabaId, businessId } = await connect();
    await set('/business', { businessId, verification: 'verified', name: 'Lantern Yoga' });
    const { body } = await as(token).get(`/${businessId}?fields=name,verification_status`);
    assert.deepEqual(body, { name: 'Lantern Yoga', verification_status: 'verified', id: businessId });
    const waba = await as(token).get(`/${wabaId}?fields=owner_business_info`);
    assert.deepEqual(waba.body.owner_business_info, { name: 'Lantern Yoga', id: businessId });
  });
});

describe('the end of tokens', () => {
  for (const [ended, subcode] of [
    ['revoked', 467],
    ['app-removed', 458],
    ['expired', 463],
  ] as const) {
    it(`is ${ended}, for all of one customer's and for nobody else's`, async () => {
      const customer = await connect();
      const again = await connect('finish', { wabaId: customer.wabaId });
      const other = await connect();
      assert.deepEqual(await set('/tokens', { wabaId: customer.wabaId, ended }), { ended: 2 });
      for (const { token } of [customer, again]) {
        const { status, body } = await as(token).get('/me');
        assert.deepEqual([status, body.error?.code, body.error?.error_subcode], [401, 190, subcode]);
      }
      assert.equal((await as(other.token).get('/me')).status, 200);
    });
  }

  it('may be one token’s', async () => {
    const { systemUserToken } = sandbox.credentials;
    assert.deepEqual(await set('/tokens', { token: systemUserToken, ended: 'revoked' }), { ended: 1 });
    assert.equal((await graph(`/me?access_token=${systemUserToken}`)).body.error?.code, 190);
  });
});

describe('bad input', () => {
  for (const [path, input, field] of [
    ['/app', { mode: 'dead' }, 'mode'],
    ['/app', { appId: '1' }, 'appId'],
    ['/app', { configId: '1' }, 'configId'],
    ['/app', { roles: { '1': 'tester' } }, 'roles.1'],
    ['/app', { roles: { '400000000000101': 'king' } }, 'roles.400000000000101'],
    ['/app', { tokenDays: 0 }, 'tokenDays'],
    ['/app', { colour: 'red' }, 'colour'],
    ['/business', { businessId: '1' }, 'businessId'],
    ['/business', { verification: 'maybe' }, 'verification'],
    ['/tokens', { token: 'x' }, 'ended'],
    ['/tokens', { ended: 'revoked' }, 'token'],
    ['/tokens', { token: 'x', wabaId: '1', ended: 'revoked' }, 'token'],
    ['/tokens', { token: 'x', ended: 'revoked' }, 'token'],
    ['/tokens', { wabaId: '1', ended: 'revoked' }, 'wabaId'],
  ] as const) {
    it(`POST ${path} ${JSON.stringify(input)} names ${field}`, async () => {
      const { status, body } = await control('POST', path, input);
      assert.equal(status, 400);
      const { error } = body as { error: { field: string; allowed?: string[] } };
      assert.equal(error.field, field);
      if (['mode', 'verification', 'ended'].includes(field)) assert.ok(error.allowed?.length);
    });
  }
});
