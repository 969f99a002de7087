import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, before, beforeEach, describe, it } from 'node:test';
import { fixedCredentials } from '../../credentials.ts';
import { createGraphWorld } from '../../test/graph-world.ts';

const { ownApp, as, connect, appToken, systemUserToken } = createGraphWorld();
const app = ownApp();

describe('the app', () => {
  it('shows its name to any of its tokens', async () => {
    const { token } = await connect();
    for (const path of ['/v26.0/app', `/v26.0/${app.id}`]) {
      const { body } = await as(token).get(path);
      assert.deepEqual(Object.keys(body).sort(), ['category', 'id', 'link', 'name']);
      assert.equal(body.id, app.id);
    }
  });

  it('shows what stands in its dashboard to itself alone', async () => {
    const fields = 'config_ids,app_domains,name,app_type,client_config,company,link,logo_url';
    const { body } = await as(appToken).get(`/${app.id}?fields=${fields}`);
    assert.deepEqual(Object.keys(body), [...fields.split(','), 'id']);
    assert.deepEqual(
      (body.config_ids as { id: string }[]).map(({ id }) => id),
      [fixedCredentials.configId, fixedCredentials.legacyConfigId],
    );
    const { status, body: refused } = await as(systemUserToken).get(`/${app.id}?fields=config_ids`);
    assert.deepEqual([status, refused.error?.code], [403, 15]);
  });

  it('is not another app’s', async () => {
    const { body } = await as(appToken).get('/9');
    assert.deepEqual([body.error?.code, body.error?.error_subcode], [100, 33]);
  });

  it('lists the permissions that App Review approved', async () => {
    const read = async () => (await as(appToken).get(`/${app.id}/permissions`)).body.data;
    assert.deepEqual(
      await read(),
      [...app.permissions].map((permission) => ({ permission, status: 'live' })),
    );
    app.accessLevel = 'standard';
    assert.deepEqual(await read(), []);
    app.accessLevel = 'advanced';
    assert.equal((await as(systemUserToken).get(`/${app.id}/permissions`)).body.error?.code, 15);
  });

  it('lists the businesses that let it in', async () => {
    const { businessId } = await connect({ details: { businessName: 'Copper Optics' } });
    const { body } = await as(appToken).get(`/${app.id}/connected_client_businesses?limit=100`);
    assert.deepEqual((body.data as { id: string }[]).at(-1), {
      id: businessId,
      name: 'Copper Optics',
      verification_status: 'UNVERIFIED',
      business_status: 'ACTIVE',
    });
  });
});

describe('subscriptions', () => {
  const path = `/v26.0/${fixedCredentials.appId}/subscriptions`;
  const asked: URL[] = [];
  let answer = (url: URL): { status: number; body: string } => ({
    status: 200,
    body: url.searchParams.get('hub.challenge') ?? '',
  });
  const callback = createServer((request, response) => {
    const url = new URL(request.url ?? '', 'http://localhost');
    asked.push(url);
    const { status, body } = answer(url);
    response.writeHead(status).end(body);
  });
  let callbackUrl = '';
  const wanted = () => ({
    object: 'whatsapp_business_account',
    callback_url: callbackUrl,
    verify_token: 'opensesame',
    fields: 'account_update,messages',
  });
  const read = async () =>
    ((await as(appToken).get(path)).body.data as Record<string, unknown>[]).map((one) => ({
      ...one,
      fields: (one.fields as { name: string }[]).map(({ name }) => name),
    }));

  before(async () => {
    await new Promise<void>((resolve) => callback.listen(0, '127.0.0.1', resolve));
    callbackUrl = `http://127.0.0.1:${(callback.address() as AddressInfo).port}/hook?tenant=1`;
  });
  after(() => callback.close());
  beforeEach(() => {
    app.subscriptions.clear();
    asked.length = 0;
  });

  it('are made once the callback has echoed the challenge', async () => {
    assert.deepEqual((await as(appToken).post(path, wanted())).body, { success: true });
    assert.equal(asked.length, 1);
    assert.equal(asked[0]?.searchParams.get('hub.mode'), 'subscribe');
    assert.equal(asked[0]?.searchParams.get('hub.verify_token'), 'opensesame');
    assert.equal(asked[0]?.searchParams.get('tenant'), '1');
    assert.deepEqual(await read(), [
      {
        object: 'whatsapp_business_account',
        callback_url: callbackUrl,
        active: true,
        fields: ['account_update', 'messages'],
      },
    ]);
  });

  it('keep the version that they were made through', async () => {
    await as(appToken).post(`/v24.0/${app.id}/subscriptions`, wanted());
    const { body } = await as(appToken).get(`/v26.0/${app.id}?fields=subscriptions{object,fields{version}}`);
    assert.deepEqual(body.subscriptions, {
      data: [{ object: 'whatsapp_business_account', fields: [{ version: 'v24.0' }, { version: 'v24.0' }] }],
    });
  });

  it('stand in for the one of the same object before', async () => {
    await as(appToken).post(path, wanted());
    await as(appToken).post(path, { ...wanted(), fields: '["security"]' });
    assert.deepEqual(
      (await read()).map(({ fields }) => fields),
      [['security']],
    );
  });

  it('are refused where the callback does not answer as it must', async () => {
    const echo = answer;
    for (const [wrong, reason] of [
      [() => ({ status: 403, body: '' }), /HTTP Status Code = 403/],
      [() => ({ status: 200, body: 'hello' }), /challenge/],
    ] as const) {
      answer = wrong;
      const { status, body } = await as(appToken).post(path, wanted());
      assert.deepEqual([status, body.error?.code], [400, 2200]);
      assert.match(
        body.error?.message ?? '',
        /^\(#2200\) Callback verification failed with the following errors: /,
      );
      assert.match(body.error?.message ?? '', reason);
    }
    answer = echo;
    assert.deepEqual(await read(), []);
  });

  for (const [name, change] of [
    ['an unknown object', { object: 'shoe' }],
    ['an unknown field', { fields: 'messages,shoe_size' }],
    ['no field', { fields: '' }],
    ['no callback', { callback_url: '' }],
    ['a callback that is no address', { callback_url: 'hooks' }],
    ['a callback without TLS', { callback_url: 'http://example.com/hook' }],
    ['no verify token', { verify_token: '' }],
  ] as const) {
    it(`are refused with ${name}, before anybody is asked`, async () => {
      const { body } = await as(appToken).post(path, { ...wanted(), ...change });
      assert.equal(body.error?.code, 100);
      assert.equal(asked.length, 0);
    });
  }

  it('end by field, by object and altogether', async () => {
    await as(appToken).post(path, wanted());
    const object = 'object=whatsapp_business_account';
    await as(appToken).delete(`${path}?${object}&fields=messages`);
    assert.deepEqual(
      (await read()).map(({ fields }) => fields),
      [['account_update']],
    );
    await as(appToken).delete(`${path}?object=user`);
    assert.equal((await read()).length, 1);
    await as(appToken).delete(`${path}?${object}`);
    assert.deepEqual(await read(), []);
    await as(appToken).post(path, wanted());
    await as(appToken).delete(path);
    assert.deepEqual(await read(), []);
  });

  it('are for the app’s own token', async () => {
    for (const answer of [
      await as(systemUserToken).get(path),
      await as(systemUserToken).post(path, wanted()),
      await as((await connect()).token).delete(path),
    ]) {
      assert.deepEqual([answer.status, answer.body.error?.code], [403, 15]);
    }
    assert.equal(asked.length, 0);
  });
});
