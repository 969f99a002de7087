import assert from 'node:assert/strict';
import { request } from 'node:http';
import { test } from 'node:test';
import type { Problem, SessionGrant } from 'whatsapp-embedded-signup/protocol';
import { startHarness } from '../test/harness.ts';

const production = {
  NODE_ENV: 'production',
  RELAY_KEY: Buffer.alloc(32, 7).toString('base64'),
  META_GRAPH_URL: undefined,
  META_SDK_URL: undefined,
};
const challenge = 'A'.repeat(43);

/** As a proxy that ends TLS passes a browser's request on. `fetch` would set these headers itself. */
async function call<T>(
  url: string,
  [method, path]: [string, string],
  headers: Record<string, string>,
  body?: unknown,
): Promise<{ status: number; headers: NodeJS.Dict<string | string[]>; body: T }> {
  return new Promise((resolve, reject) => {
    const sent = request(`${url}${path}`, { method, headers }, (response) => {
      let text = '';
      response.on('data', (chunk) => (text += chunk));
      response.on('end', () =>
        resolve({
          status: response.statusCode ?? 0,
          headers: response.headers,
          body: JSON.parse(text) as T,
        }),
      );
    });
    sent.on('error', reject);
    sent.end(body === undefined ? undefined : JSON.stringify(body));
  });
}

for (const [where, publicUrl] of [
  ['without a public address', undefined],
  ['at its public address', 'https://acme.example/signup'],
] as const) {
  test(`a page of the relay’s own site, behind TLS and ${where}, reads its onboarding`, async (t) => {
    const relay = await startHarness(t, { ...production, RELAY_PUBLIC_URL: publicUrl });
    const { url } = relay.relay;
    const page = { host: 'acme.example', 'sec-fetch-site': 'same-origin' };
    const json = { 'content-type': 'application/json' };
    const { body } = await call<SessionGrant>(
      url,
      ['POST', '/v1/sessions'],
      { ...page, ...json, origin: 'https://acme.example' },
      { portal: 'default', challenge },
    );
    const authorization = `Bearer ${body.session}`;
    const read: [string, string] = ['GET', '/v1/onboardings/onb_x'];
    // 404: the origin was accepted, and there is no such onboarding.
    assert.equal((await call(url, read, { ...page, authorization })).status, 404);
    const proxied = { ...page, host: '127.0.0.1:8787', authorization };
    assert.equal((await call(url, read, proxied)).status, publicUrl ? 404 : 403);
    const elsewhere = { ...page, 'sec-fetch-site': 'same-site', authorization };
    assert.equal((await call(url, read, elsewhere)).status, 403);
  });
}

test('production without a public address gives no address to pin', async (t) => {
  const relay = await startHarness(t, production);
  const answer = await call<Problem>(relay.relay.url, ['GET', '/widget.json'], { host: 'evil.example' });
  assert.deepEqual([answer.status, answer.body.code], [503, 'public-url-missing']);
  assert.equal(answer.headers['access-control-allow-origin'], '*');
});

test('the address to pin is the public one, and caches may keep it for a while', async (t) => {
  const relay = await startHarness(t, { RELAY_PUBLIC_URL: 'https://signup.example/base' });
  const { headers, body } = await relay.call<{ url: string }>('GET', '/widget.json');
  assert.match(body.url, /^https:\/\/signup\.example\/base\/widget\//);
  assert.match(headers.get('cache-control') ?? '', /max-age/);
});
