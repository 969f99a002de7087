import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { describe, it } from 'node:test';
import { fixedCredentials } from '../../credentials.ts';
import { dayMs } from '../../durations.ts';
import { finishSignup } from '../../signup.ts';
import { createGraphWorld } from '../../test/graph-world.ts';
import { endTokens } from '../../world/installs.ts';

const graphWorld = createGraphWorld();
const { world, ownApp, as, connect, personToken, systemUserToken } = graphWorld;
const app = ownApp();

const proofOf = (token: string) =>
  createHmac('sha256', fixedCredentials.appSecret).update(token).digest('hex');

const ask = (businessId: string, fields: Record<string, string> = {}, by = systemUserToken) =>
  as(by).post(`/v26.0/${businessId}/system_user_access_tokens`, { appsecret_proof: proofOf(by), ...fields });

const fetchOnly = { fetch_only: 'true' };

describe('the tokens of a customer’s business', () => {
  it('are fetched again as they were given', async () => {
    const { token, businessId } = await connect();
    assert.deepEqual((await ask(businessId, fetchOnly)).body, { access_token: token });
  });

  it('are there to fetch though the code was never exchanged, and outlive it', async () => {
    const { event } = finishSignup(world, { outcome: 'app-only' });
    await world.clock.advance(60_000);
    const { body } = await ask(event.data.business_id ?? '', fetchOnly);
    const token = String(body.access_token);
    assert.equal((await as(token).get(`/${event.data.waba_id}`)).status, 200);
    assert.deepEqual((await ask(event.data.business_id ?? '', fetchOnly)).body, { access_token: token });
  });

  it('lack what the business took back, made anew as well', async () => {
    const { token, businessId } = await connect();
    await as(token).delete('/me/permissions?permission=whatsapp_business_management');
    const left = ['whatsapp_business_messaging'];
    assert.deepEqual(world.tokens.get(String((await ask(businessId)).body.access_token))?.scopes, left);
    const back = await ask(businessId, { scope: 'whatsapp_business_management' });
    assert.equal(back.body.error?.code, 100);
  });

  it('are made anew without fetch_only, for 60 days where that is asked, and for less where less is named', async () => {
    const { token, businessId, wabaId } = await connect({ details: { accounts: 2 } });
    const { access_token: text } = (
      await ask(businessId, {
        set_token_expires_in_60_days: 'true',
        scope: 'whatsapp_business_messaging',
        asset: `["${wabaId}"]`,
      })
    ).body;
    const made = world.tokens.get(String(text));
    assert.notEqual(text, token);
    assert.equal(made?.expiresAt, world.clock.now() + 60 * dayMs);
    assert.deepEqual([made?.scopes, made?.wabaIds], [['whatsapp_business_messaging'], [wabaId]]);
    assert.equal((await as(token).get('/me')).status, 200, 'the old one lives on');
    const whole = world.tokens.get(String((await ask(businessId)).body.access_token));
    assert.deepEqual([whole?.expiresAt, whole?.wabaIds.length], [null, 2]);
    assert.equal((await ask(businessId, { scope: 'ads_read' })).body.error?.code, 100);
    assert.equal((await ask(businessId, { asset: '1' })).body.error?.code, 100);
  });

  it('need a proof whatever the app’s settings say', async () => {
    const { businessId } = await connect();
    const path = `/${businessId}/system_user_access_tokens`;
    assert.equal((await as(systemUserToken).post(path, fetchOnly)).body.error?.code, 104);
    const wrong = { ...fetchOnly, appsecret_proof: proofOf('another') };
    assert.equal((await as(systemUserToken).post(path, wrong)).body.error?.code, 104);
  });

  it('are not there for a business that never signed up, or took the app off', async () => {
    const stranger = world.newIdentity().id;
    assert.equal((await ask(stranger, fetchOnly)).body.error?.error_subcode, 33);
    const { token, businessId } = await connect();
    await as(token).delete('/me/permissions');
    assert.equal((await ask(businessId, fetchOnly)).body.error?.error_subcode, 33);
  });

  it('are not fetched once they are dead', async () => {
    const { token, businessId } = await connect();
    endTokens(world, (one) => one.token === token, 'expired');
    assert.equal((await ask(businessId, fetchOnly)).body.error?.code, 100);
    assert.equal((await ask(businessId)).status, 200, 'but a new one may be made');
  });

  it('are given to a business token that lives and has business_management, and to nobody else', async () => {
    const poor = await connect();
    assert.equal((await ask(poor.businessId, fetchOnly, poor.token)).body.error?.code, 200);
    const configuration = {
      id: '77',
      name: 'More',
      version: 'v4' as const,
      tokenDays: 60,
      permissions: ['business_management', 'whatsapp_business_management'],
    };
    app.configurations.push(configuration);
    const rich = await connect({ configId: configuration.id });
    assert.equal((await ask(rich.businessId, {}, rich.token)).status, 200);
    assert.equal((await ask(poor.businessId, {}, rich.token)).body.error?.error_subcode, 33);
    const person = personToken('400000000000104', ['business_management']);
    assert.equal((await ask(rich.businessId, {}, person)).body.error?.error_subcode, 33);
  });
});
