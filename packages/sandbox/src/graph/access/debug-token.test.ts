import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { fixedCredentials } from '../../credentials.ts';
import { createGraphWorld } from '../../test/graph-world.ts';
import { endTokens } from '../../world/installs.ts';

const { world, ownApp, as, connect, personToken, appToken, systemUserToken, exchange } = createGraphWorld();
const app = ownApp();

async function debug(input: string, by = appToken): Promise<Record<string, unknown>> {
  const { body } = await as(by).get(`/v26.0/debug_token?input_token=${encodeURIComponent(input)}`);
  return (body.data ?? body) as Record<string, unknown>;
}

const errorOf = (answer: Record<string, unknown>) =>
  answer.error as { code: number; subcode?: number; message: string } | undefined;

describe('debug_token', () => {
  it('names the app, the scopes and the one account that a business token was granted', async () => {
    const { token, wabaId } = await connect();
    const { user_id, ...data } = await debug(token);
    assert.match(String(user_id), /^\d+$/);
    assert.deepEqual(data, {
      app_id: app.id,
      type: 'SYSTEM_USER',
      application: app.name,
      data_access_expires_at: 0,
      expires_at: 0,
      is_valid: true,
      issued_at: world.clock.now() / 1000,
      scopes: ['whatsapp_business_management', 'whatsapp_business_messaging'],
      granular_scopes: [
        { scope: 'whatsapp_business_management', target_ids: [wabaId] },
        { scope: 'whatsapp_business_messaging', target_ids: [wabaId] },
      ],
    });
  });

  it('lists the accounts newest first', async () => {
    const { token } = await connect({ details: { accounts: 3 } });
    const [scope] = (await debug(token)).granular_scopes as { target_ids: string[] }[];
    const orders = scope?.target_ids.map((id) => world.wabas.get(id)?.order ?? 0) ?? [];
    assert.equal(orders.length, 3);
    assert.deepEqual(
      orders,
      orders.toSorted((one, other) => other - one),
    );
  });

  it('leaves the targets out where the token sees every account', async () => {
    const data = await debug(systemUserToken);
    assert.deepEqual(data.granular_scopes, [
      { scope: 'whatsapp_business_management' },
      { scope: 'whatsapp_business_messaging' },
      { scope: 'business_management' },
    ]);
    assert.equal(data.user_id, fixedCredentials.systemUserId);
  });

  it('tells when a token ends, and how it ended', async () => {
    const { token } = await connect({ configId: fixedCredentials.legacyConfigId });
    const endsAt = world.clock.now() / 1000 + 60 * 24 * 60 * 60;
    assert.equal((await debug(token)).expires_at, endsAt);
    endTokens(world, (one) => one.token === token, 'expired');
    const expired = await debug(token);
    assert.equal(expired.is_valid, false);
    assert.deepEqual([errorOf(expired)?.code, errorOf(expired)?.subcode], [190, 463]);
    for (const [ended, subcode] of [
      ['revoked', 467],
      ['app-removed', 458],
    ] as const) {
      const customer = await connect();
      endTokens(world, (one) => one.token === customer.token, ended);
      assert.equal(errorOf(await debug(customer.token))?.subcode, subcode);
    }
  });

  it('knows a person’s token and the app’s own', async () => {
    const person = await debug(personToken('400000000000101'));
    assert.deepEqual([person.type, person.is_valid], ['USER', true]);
    assert.equal(person.data_access_expires_at, world.clock.now() / 1000 + 90 * 24 * 60 * 60);
    const granted = String((await exchange({ grant_type: 'client_credentials' })).body.access_token);
    for (const token of [appToken, granted]) {
      assert.deepEqual(await debug(token), {
        app_id: app.id,
        type: 'APP',
        application: app.name,
        is_valid: true,
        scopes: [],
      });
    }
  });

  it('says that an unknown token is not valid', async () => {
    const data = await debug('unknown', systemUserToken);
    assert.deepEqual([data.is_valid, errorOf(data)?.code], [false, 190]);
  });

  it('answers the app, its system user and its people, and nobody else', async () => {
    const { token } = await connect();
    for (const by of [appToken, systemUserToken, personToken('400000000000104')]) {
      assert.equal((await debug(token, by)).is_valid, true);
    }
    for (const by of [token, personToken('400000000000101')]) {
      assert.equal(errorOf(await debug(token, by))?.code, 100);
    }
  });

  it('does not speak of another app’s tokens', async () => {
    world.apps.set('5', { ...app, id: '5', secret: 'another' });
    const { token } = await connect();
    assert.match(errorOf(await debug(token, '5|another'))?.message ?? '', /did not match the Viewing App/);
    assert.match(errorOf(await debug('5|another'))?.message ?? '', /did not match the Viewing App/);
  });

  it('is only read, and asks for its input', async () => {
    assert.equal((await as(appToken).post('/debug_token')).body.error?.type, 'GraphMethodException');
    assert.equal(errorOf(await debug(''))?.code, 100);
  });
});
