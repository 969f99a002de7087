import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, it } from 'node:test';
import type { JournalEntry } from '../journal.ts';
import { createSandbox } from '../sandbox.ts';
import { createClient } from '../test/client.ts';

const sandbox = createSandbox();
const { graph, control, exchange, connect, as } = createClient(sandbox);

before(() => sandbox.start());
after(() => sandbox.stop());
beforeEach(() => control('POST', '/reset'));

describe('credentials', () => {
  it('name the address that the caller used', async () => {
    const { body } = await control('GET', '/credentials');
    assert.deepEqual(body, sandbox.credentials);
    const forwarded = await fetch(`${sandbox.url}/_sandbox/credentials`, {
      headers: { 'x-forwarded-proto': 'https' },
    });
    assert.match((await forwarded.json()).sdkUrl, /^https:\/\/127\.0\.0\.1:/);
  });

  it('come as lines for the relay’s environment too', async () => {
    const response = await fetch(`${sandbox.url}/_sandbox/credentials?format=env`);
    const lines = (await response.text()).trimEnd().split('\n');
    const names = lines.map((line) => line.split('=')[0]);
    assert.deepEqual(names, [
      'META_APP_ID',
      'META_APP_SECRET',
      'META_CONFIG_ID',
      'META_GRAPH_URL',
      'META_SDK_URL',
      'META_WEBHOOK_VERIFY_TOKEN',
      'META_SYSTEM_USER_TOKEN',
      'META_SYSTEM_USER_ID',
      'META_BUSINESS_ID',
      'META_CREDIT_LINE_ID',
    ]);
    assert.ok(lines.includes(`META_GRAPH_URL=${sandbox.url}`));
  });
});

describe('codes', () => {
  it('are what a finished dialog would have given', async () => {
    const { body } = await control('POST', '/codes', {
      outcome: 'finish',
      data: { displayName: 'Willow Yoga' },
    });
    const { code, event } = body as { code: string; event: { event: string; data: Record<string, string> } };
    assert.equal(event.event, 'FINISH');
    assert.deepEqual(Object.keys(event.data), ['phone_number_id', 'waba_id', 'business_id']);
    const token = (await exchange({ code })).body.access_token;
    const phone = await as(String(token)).get(`/${event.data.phone_number_id}?fields=verified_name`);
    assert.equal(phone.body.verified_name, 'Willow Yoga');
  });

  it('need no body', async () => {
    assert.equal((await control('POST', '/codes')).status, 200);
  });
});

describe('who may use the controls', () => {
  it('pages on loopback and programs, but no other page', async () => {
    const statusFor = async (origin: string) =>
      (await fetch(`${sandbox.url}/_sandbox/state`, { headers: { origin } })).status;
    assert.equal(await statusFor('http://localhost:5173'), 200);
    assert.equal(await statusFor('http://127.0.0.1:4401'), 200);
    assert.equal(await statusFor('https://evil.example'), 403);
    assert.equal(await statusFor('http://127.0.0.1.evil.example'), 403);
    assert.equal(await statusFor('null'), 403);
  });
});

describe('the journal', () => {
  const read = async () => (await control('GET', '/journal')).body as JournalEntry[];

  it('lists every request in order, without the controls', async () => {
    const { token, wabaId } = await connect();
    await as(token).get(`/v26.0/${wabaId}?fields=id`);
    const entries = await read();
    assert.deepEqual(
      entries.map(({ method, path, query, status }) => [method, path, query, status]),
      [
        ['POST', '/v26.0/oauth/access_token', [], 200],
        ['GET', `/v26.0/${wabaId}`, ['fields'], 200],
      ],
    );
  });

  it('marks secrets in a URL and hides them in a body', async () => {
    const { appId, appSecret } = sandbox.credentials;
    const { code } = sandbox.issueCode();
    await graph(`/oauth/access_token?client_id=${appId}&client_secret=${appSecret}&code=${code}`);
    await exchange({ code });
    const [loose, careful] = await read();
    assert.deepEqual(loose?.secretsInUrl, ['client_secret', 'code']);
    assert.deepEqual(careful?.secretsInUrl, []);
    assert.deepEqual(careful?.body, { client_id: appId, client_secret: '[secret]', code: '[secret]' });
    assert.equal(JSON.stringify([loose, careful]).includes(code), false);
  });

  it('finds secrets however deep they stand, and in the path', async () => {
    const { token, wabaId } = await connect();
    await control('POST', '/reset');
    const { code } = sandbox.issueCode();
    await as(token).post(`/v26.0/${code}/nowhere`, {});
    await graph(`/v26.0/${wabaId}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ backup: { data: 'x', password: 'hush' }, list: [code] }),
    });
    const [inPath, inBody] = await read();
    assert.deepEqual(inPath?.secretsInUrl, ['path']);
    assert.deepEqual(inBody?.body, {
      backup: '{"data":"x","password":"[secret]"}',
      list: '["[secret]"]',
    });
  });

  it('finds secrets within other texts, in names, and in an address within the address', async () => {
    const { token } = await connect();
    const { code } = sandbox.issueCode();
    const back = encodeURIComponent(`https://x.example/?code=${code}`);
    const queries = [`x=abc${token}def`, `redirect_uri=${back}`, token, `state=${encodeURIComponent(back)}`];
    for (const query of queries) await graph(`/v26.0/me?${query}`);
    await graph(`/v26.0/${token}/x`);
    await graph('/v26.0/me', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ note: `Bearer ${token}`, [token]: 'as a name' }),
    });
    const seen = (await read()).slice(-6);
    assert.deepEqual(
      seen.map(({ secretsInUrl }) => secretsInUrl),
      [['x'], ['redirect_uri'], ['[secret]'], ['state'], ['path'], []],
    );
    assert.deepEqual(seen.at(-1)?.body, { note: '[secret]', '[secret]': '[secret]' });
    assert.equal(JSON.stringify(seen).includes(token), false);
    assert.equal(JSON.stringify(seen).includes(code), false);
  });

  it('says whose token a call came with', async () => {
    const { appId, appSecret, systemUserToken } = sandbox.credentials;
    const { token } = await connect();
    await control('POST', '/reset');
    for (const text of [`${appId}|${appSecret}`, systemUserToken, token]) await as(text).get('/v26.0/me');
    await graph('/v26.0/me');
    const body = new URLSearchParams({ access_token: systemUserToken });
    await graph('/v26.0/me', { method: 'POST', body });
    assert.deepEqual(
      (await read()).map((entry) => entry.token),
      ['app', 'system', 'unknown', null, 'system'],
      'the reset has taken the customer’s token away',
    );
  });

  it('says which fault stood in the way', async () => {
    await control('POST', '/faults', { match: { path: '/me' }, kind: 'drop-before' });
    await assert.rejects(graph('/me'));
    assert.deepEqual(
      (await read()).map(({ status, fault }) => [status, fault]),
      [[null, 'drop-before']],
    );
  });
});

describe('reset', () => {
  it('forgets accounts, codes, tokens, queue, faults, journal and time travel', async () => {
    const { token, wabaId } = await connect();
    await control('POST', '/next', { outcome: 'finish' });
    await control('POST', '/faults', { kind: 'latency', ms: 1 });
    await control('POST', '/clock', { advanceMs: 86_400_000 });
    await control('POST', '/reset');
    const { body } = await control('GET', '/state');
    const state = body as Record<string, unknown[]> & { now: string };
    for (const part of ['wabas', 'phoneNumbers', 'codes', 'next', 'faults'])
      assert.deepEqual(state[part], []);
    assert.ok(Math.abs(Date.parse(state.now) - Date.now()) < 60_000);
    assert.equal((await as(token).get(`/${wabaId}`)).body.error?.code, 190);
    assert.equal((await as(sandbox.credentials.systemUserToken).get('/me')).status, 200);
  });
});
