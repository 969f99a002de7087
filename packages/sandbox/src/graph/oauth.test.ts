import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { createSandbox } from '../sandbox.ts';
import { createClient, type GraphAnswer } from '../test/client.ts';

const sandbox = createSandbox();
const { exchange, graph, control, as, connect } = createClient(sandbox);

before(() => sandbox.start());
after(() => sandbox.stop());

function refused(answer: GraphAnswer, code: number, subcode?: number): void {
  assert.equal(answer.status, 400);
  assert.equal(answer.body.error?.code, code);
  assert.equal(answer.body.error?.error_subcode, subcode);
  assert.match(answer.headers.get('www-authenticate') ?? '', /^OAuth "Facebook Platform" "invalid_\w+" "/);
  assert.match(answer.body.error?.fbtrace_id ?? '', /^A\w+$/);
}

describe('the code exchange', () => {
  it('gives a bearer token, by POST with a form or JSON and by GET, with an empty redirect_uri too', async () => {
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
    assert.equal((await exchange({ code })).status, 200, 'none of that used the code up');
  });
});

describe('debug_token', () => {
  it('names the app, the scopes and the one account that the token was granted', async () => {
    const { appId, appSecret } = sandbox.credentials;
    const { token, wabaId } = await connect();
    const { body } = await as(`${appId}|${appSecret}`).get(`/debug_token?input_token=${token}`);
    const data = body.data as Record<string, unknown>;
    assert.equal(data.app_id, appId);
    assert.equal(data.is_valid, true);
    assert.equal(data.expires_at, 0);
    assert.equal(data.type, 'SYSTEM_USER');
    assert.deepEqual(data.granular_scopes, [
      { scope: 'whatsapp_business_management', target_ids: [wabaId] },
      { scope: 'whatsapp_business_messaging', target_ids: [wabaId] },
    ]);
  });

  it('says that an unknown token is not valid, and answers the partner’s system user too', async () => {
    const { body } = await as(sandbox.credentials.systemUserToken).get('/debug_token?input_token=unknown');
    assert.equal((body.data as { is_valid: boolean }).is_valid, false);
  });

  it('does not answer a customer’s token', async () => {
    const { token } = await connect();
    assert.equal((await as(token).get(`/debug_token?input_token=${token}`)).body.error?.code, 100);
  });
});
