import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { fixedCredentials } from '../../credentials.ts';
import { dayMs } from '../../durations.ts';
import { createSandbox } from '../../sandbox.ts';
import { finishSignup } from '../../signup.ts';
import { createClient, type GraphAnswer } from '../../test/client.ts';
import { createGraphWorld } from '../../test/graph-world.ts';

const sandbox = createSandbox();
const { exchange, graph, control } = createClient(sandbox);

before(() => sandbox.start());
after(() => sandbox.stop());

function refused(answer: GraphAnswer, code: number, subcode?: number): void {
  assert.equal(answer.status, 400);
  assert.equal(answer.body.error?.code, code);
  assert.equal(answer.body.error?.error_subcode, subcode);
  assert.match(answer.headers.get('www-authenticate') ?? '', /^OAuth "Facebook Platform" "invalid_\w+" "/);
  assert.match(answer.body.error?.fbtrace_id ?? '', /^A\w+$/);
}

function multipart(fields: Record<string, string>): FormData {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) form.set(name, value);
  return form;
}

describe('the code exchange', () => {
  it('gives a bearer token, by POST with form, multipart or JSON and by GET, with an empty redirect_uri too', async () => {
    const { appId, appSecret } = sandbox.credentials;
    const parameters = () => ({
      client_id: appId,
      client_secret: appSecret,
      code: sandbox.issueCode().code,
      redirect_uri: '',
    });
    const path = '/v26.0/oauth/access_token';
    const answers = [
      await graph(path, { method: 'POST', body: new URLSearchParams(parameters()) }),
      await graph(path, {
        method: 'POST',
        body: multipart({ ...parameters(), grant_type: 'authorization_code' }),
      }),
      await graph(path, {
        method: 'POST',
        body: JSON.stringify(parameters()),
        headers: { 'content-type': 'application/json' },
      }),
      await graph(`/oauth/access_token?${new URLSearchParams(parameters())}`),
    ];
    for (const { status, body } of answers) {
      assert.equal(status, 200);
      assert.deepEqual(Object.keys(body), ['access_token', 'token_type']);
      assert.equal(body.token_type, 'bearer');
    }
  });

  it('takes a code once', async () => {
    const { code } = sandbox.issueCode();
    assert.equal((await exchange({ code })).status, 200);
    refused(await exchange({ code }), 100, 36009);
  });

  it('takes a code for 30 seconds of the sandbox’s time', async () => {
    const kept = sandbox.issueCode().code;
    await control('POST', '/clock', { advanceMs: 29_000 });
    const late = sandbox.issueCode().code;
    assert.equal((await exchange({ code: kept })).status, 200);
    await control('POST', '/clock', { advanceMs: 30_000 });
    refused(await exchange({ code: late }), 100, 36007);
  });

  it('refuses an unknown code, another redirect_uri, a wrong app and a wrong secret', async () => {
    const { code } = sandbox.issueCode();
    refused(await exchange({ code: 'nonsense' }), 100, 36007);
    refused(await exchange({ code, redirect_uri: 'https://shop.example/' }), 100, 36008);
    refused(await exchange({ code, client_id: '1' }), 101);
    refused(await exchange({ code, client_secret: 'wrong' }), 1);
    refused(await exchange({ code: '' }), 1);
    assert.equal((await exchange({ code })).status, 200, 'none of that used the code up');
  });
});

describe('a token that lives as long as the configuration says', () => {
  it('says so in seconds, and is dead by then', async () => {
    const { world, exchange, connect, as } = createGraphWorld();
    const { token, wabaId } = await connect({ configId: fixedCredentials.legacyConfigId });
    const { code } = finishSignup(world, { outcome: 'finish', configId: fixedCredentials.legacyConfigId });
    assert.equal((await exchange({ code })).body.expires_in, 60 * 24 * 60 * 60);
    await world.clock.advance(60 * dayMs - 1);
    assert.equal((await as(token).get(`/${wabaId}`)).status, 200);
    await world.clock.advance(1);
    const { status, headers, body } = await as(token).get(`/${wabaId}`);
    assert.deepEqual([status, body.error?.code, body.error?.error_subcode], [401, 190, 463]);
    assert.equal(
      body.error?.message,
      'Error validating access token: Session has expired on Thursday, 21-Jan-27 04:00:00 PST. The current time is Thursday, 21-Jan-27 04:00:00 PST.',
    );
    assert.match(headers.get('www-authenticate') ?? '', /"invalid_token"/);
  });
});

describe('client_credentials', () => {
  it('gives the app a token of its own, as good as its id and secret', async () => {
    const { exchange, as, ownApp } = createGraphWorld();
    const { body } = await exchange({ grant_type: 'client_credentials' });
    assert.equal(body.token_type, 'bearer');
    assert.equal(String(body.access_token).includes(ownApp().secret), false);
    assert.equal((await as(String(body.access_token)).get('/app?fields=app_domains')).status, 200);
    refused(await exchange({ grant_type: 'client_credentials', client_secret: 'wrong' }), 1);
  });
});

describe('fb_exchange_token', () => {
  const renew = (world: ReturnType<typeof createGraphWorld>, token: string, more = {}) =>
    world.exchange({ grant_type: 'fb_exchange_token', fb_exchange_token: token, ...more });

  it('renews the system user’s token for 60 days, and leaves the old one as it is', async () => {
    const graphWorld = createGraphWorld();
    const { world, as, systemUserToken } = graphWorld;
    const { body } = await renew(graphWorld, systemUserToken, { set_token_expires_in_60_days: 'true' });
    assert.deepEqual([body.token_type, body.expires_in], ['bearer', 5_183_944]);
    const me = async (token: string) => (await as(token).get('/me')).body.id;
    assert.equal(await me(String(body.access_token)), fixedCredentials.systemUserId);
    assert.equal(await me(systemUserToken), fixedCredentials.systemUserId);
    await world.clock.advance(60 * dayMs);
    assert.equal((await as(String(body.access_token)).get('/me')).body.error?.error_subcode, 463);
  });

  it('makes a person’s token a long-lived one', async () => {
    const graphWorld = createGraphWorld();
    const token = graphWorld.personToken('400000000000104');
    assert.equal((await renew(graphWorld, token)).body.expires_in, 5_183_944);
  });

  it('refuses a business token, a dead one, one of nobody and none', async () => {
    const graphWorld = createGraphWorld();
    const { token } = await graphWorld.connect();
    const business = await renew(graphWorld, token);
    assert.deepEqual([business.status, business.body.error?.code], [403, 10]);
    const person = graphWorld.personToken('400000000000104');
    await graphWorld.world.clock.advance(dayMs);
    assert.equal((await renew(graphWorld, person)).body.error?.error_subcode, 463);
    assert.equal((await renew(graphWorld, 'nonsense')).body.error?.code, 190);
    assert.equal((await graphWorld.exchange({ grant_type: 'fb_exchange_token' })).body.error?.code, 100);
    assert.equal((await graphWorld.exchange({ grant_type: 'password' })).body.error?.code, 100);
  });
});

describe('revoke', () => {
  const { appId, appSecret } = fixedCredentials;
  const query = (token: string, by: string) =>
    `/v26.0/oauth/revoke?${new URLSearchParams({ client_id: appId, client_secret: appSecret, revoke_token: token, access_token: by })}`;

  it('ends a token for its own user', async () => {
    const { send, exchange, as, systemUserToken } = createGraphWorld();
    const parameters = { grant_type: 'fb_exchange_token', fb_exchange_token: systemUserToken };
    const fresh = String((await exchange(parameters)).body.access_token);
    assert.deepEqual((await send(query(systemUserToken, fresh))).body, { success: true });
    const dead = await as(systemUserToken).get('/me');
    assert.deepEqual([dead.body.error?.code, dead.body.error?.error_subcode], [190, 467]);
    assert.equal((await as(fresh).get('/me')).status, 200);
  });

  it('is not for another customer', async () => {
    const { send, connect, as } = createGraphWorld();
    const [one, other] = [await connect(), await connect()];
    assert.equal((await send(query(one.token, other.token))).body.error?.code, 10);
    assert.equal((await as(one.token).get('/me')).status, 200);
  });
});
