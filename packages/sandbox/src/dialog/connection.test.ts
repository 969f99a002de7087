import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { after, before, describe, it } from 'node:test';
import { createSandbox } from '../sandbox.ts';
import { answerDialog } from '../test/dialog-address.ts';

const sandbox = createSandbox();

before(() => sandbox.start());
after(() => sandbox.stop());

/** Ends a dialog as its page does, and gives the cookies that the browser gets. */
async function connect(): Promise<string[]> {
  const response = await answerDialog(sandbox, { outcome: 'finish' });
  assert.equal(response.status, 200);
  return response.headers.getSetCookie();
}

const asHeader = (cookies: string[]): string => cookies[0]?.split(';')[0] ?? '';

function ask(path: string, cookie = ''): Promise<Response> {
  return fetch(`${sandbox.url}/x/oauth/${path}`, { headers: { cookie, origin: 'https://shop.example' } });
}

const status = (cookie?: string) => ask(`status?client_id=${sandbox.credentials.appId}`, cookie);

describe('whether a browser is connected', () => {
  it('is unknown without the cookie, and for another app', async () => {
    assert.equal((await status()).headers.get('fb-s'), 'unknown');
    const other = await ask('status?client_id=1', asHeader(await connect()));
    assert.equal(other.headers.get('fb-s'), 'unknown');
    assert.equal(other.headers.get('fb-ar'), null);
  });

  it('stands in headers that the asking page may read, in the names of the wire', async () => {
    const { headers } = await status(asHeader(await connect()));
    assert.equal(headers.get('fb-s'), 'connected');
    assert.equal(headers.get('access-control-allow-origin'), 'https://shop.example');
    assert.equal(headers.get('access-control-allow-credentials'), 'true');
    assert.equal(headers.get('access-control-expose-headers'), 'fb-s, fb-ar');
    const fields = JSON.parse(headers.get('fb-ar') ?? '');
    assert.deepEqual(Object.keys(fields), [
      'access_token',
      'user_id',
      'expires_in',
      'signed_request',
      'graph_domain',
      'data_access_expiration_time',
      'long_lived_token',
    ]);
    const [signature, payload = ''] = fields.signed_request.split('.');
    const expected = createHmac('sha256', sandbox.credentials.appSecret).update(payload).digest('base64url');
    assert.equal(signature, expected);
    const { user_id, algorithm } = JSON.parse(Buffer.from(payload, 'base64url').toString());
    assert.deepEqual({ user_id, algorithm }, { user_id: fields.user_id, algorithm: 'HMAC-SHA256' });
  });

  it('is kept for this host and for all of facebook.com, for a browser to take the one that fits', async () => {
    const cookies = await connect();
    assert.deepEqual(
      cookies.map((cookie) => /Domain=[^;]+/.exec(cookie)?.[0]),
      [undefined, 'Domain=facebook.com'],
    );
    for (const cookie of cookies) assert.match(cookie, /HttpOnly; Secure; SameSite=None/);
  });

  it('ends with a logout', async () => {
    const cookie = asHeader(await connect());
    const { access_token } = JSON.parse((await status(cookie)).headers.get('fb-ar') ?? '');
    const ended = await ask(`logout?access_token=${access_token}`, cookie);
    assert.match(asHeader(ended.headers.getSetCookie()), /=$/);
    assert.equal((await status(cookie)).headers.get('fb-s'), 'unknown');
  });

  it('is not_authorized once the person took the app off: signed in, and no more', async () => {
    const cookie = asHeader(await connect());
    const { access_token } = JSON.parse((await status(cookie)).headers.get('fb-ar') ?? '');
    const removed = await fetch(`${sandbox.url}/v26.0/me/permissions?access_token=${access_token}`, {
      method: 'DELETE',
    });
    assert.deepEqual(await removed.json(), { success: true });
    assert.equal((await status(cookie)).headers.get('fb-s'), 'not_authorized');
  });
});
