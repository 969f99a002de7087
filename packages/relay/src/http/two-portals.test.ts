import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import { test } from 'node:test';
import type { Problem, SessionGrant } from 'whatsapp-embedded-signup/protocol';
import { sha256, toBase64Url } from '../encoding.ts';
import type { CallOptions, Harness } from '../test/harness.ts';
import { signup, startHarness } from '../test/harness.ts';
import { everyRow, storeOf } from '../test/rows.ts';

const acme = { origin: 'https://acme.example', key: 'key-of-acme' };
const globex = { origin: 'https://globex.example', key: 'key-of-globex' };

/** Two portals with keys, and one without. */
async function startPortals(t: TestContext): Promise<Harness> {
  const folder = mkdtempSync(join(tmpdir(), 'relay-portals-'));
  t.after(() => rmSync(folder, { recursive: true }));
  const config = join(folder, 'portals.json');
  const portals = {
    acme: { origins: [acme.origin], apiKey: acme.key },
    globex: { origins: [globex.origin], apiKey: [globex.key, 'key-of-globex-before'] },
    initech: { origins: ['https://initech.example'] },
  };
  writeFileSync(config, JSON.stringify({ portals }));
  return startHarness(t, { RELAY_ORIGINS: undefined, RELAY_CONFIG: config });
}

/** A customer of a portal's page. */
async function customer(relay: Harness, portal: string, origin: string) {
  const verifier = toBase64Url(crypto.getRandomValues(new Uint8Array(32)));
  const challenge = toBase64Url(await sha256(verifier));
  const headers = { origin };
  const body = { portal, challenge };
  const granted = await relay.call<SessionGrant>('POST', '/v1/sessions', { headers, body });
  assert.equal(granted.status, 201);
  return { session: granted.body.session, verifier, headers };
}

async function said(relay: Harness, call: [string, string], options: CallOptions): Promise<string> {
  const { status, body } = await relay.call<Partial<Problem>>(...call, options);
  return body.code === undefined ? String(status) : `${status} ${body.code}`;
}

test('nobody of one portal sees, changes or learns of an onboarding of the other', async (t) => {
  const relay = await startPortals(t);
  const theirs = await customer(relay, 'acme', acme.origin);
  const redeemed = await relay.call<{ id: string }>('POST', '/v1/onboardings', {
    ...theirs,
    body: { ...signup(relay.sandbox), verifier: theirs.verifier },
  });
  assert.equal(redeemed.status, 202);
  const { id } = redeemed.body;
  await relay.ended(theirs.session, id);
  const other = await customer(relay, 'globex', globex.origin);
  const store = await storeOf(t, relay);
  const before = await everyRow(store);

  const input = { kind: 'transfer', value: true };
  const routes: [method: string, path: string, body?: unknown][] = [
    ['GET', `/v1/onboardings/${id}`],
    ['GET', `/v1/onboardings/${id}/events`],
    ['PATCH', `/v1/onboardings/${id}`, { event: 'FINISH' }],
    ['POST', `/v1/onboardings/${id}/input`, input],
    ['POST', `/v1/onboardings/${id}/resume`],
  ];
  const pagesOnly = (method: string, path: string) => method === 'PATCH' || path.endsWith('/events');
  for (const [method, path, body] of routes) {
    const call: [string, string] = [method, path];
    const with_ = (options: CallOptions): CallOptions =>
      body === undefined ? options : { ...options, body };
    assert.equal(await said(relay, call, with_(other)), '404 onboarding-unknown', call.join(' '));
    assert.equal(
      await said(relay, call, with_({ key: globex.key })),
      pagesOnly(method, path) ? '401 session-missing' : '404 onboarding-unknown',
      call.join(' '),
    );
    // The other's page with this one's session, and the reverse.
    for (const headers of [{ origin: globex.origin }, { origin: 'https://evil.example' }]) {
      const crossed = with_({ session: theirs.session, headers });
      assert.equal(await said(relay, call, crossed), '403 origin-not-allowed', call.join(' '));
    }
  }
  const sessions: [string, string] = ['POST', '/v1/sessions'];
  const wanted = { portal: 'acme', reference: 'customer-7' };
  const challenge = 'A'.repeat(43);
  for (const [options, expected] of [
    [{ key: globex.key, body: { onboarding: id } }, '404 onboarding-unknown'],
    [{ key: globex.key, body: wanted }, '404 portal-unknown'],
    [{ key: 'key-of-globex-before', body: wanted }, '404 portal-unknown'],
    [{ key: acme.key, body: { ...wanted, portal: 'initech' } }, '404 portal-unknown'],
    [{ headers: { origin: globex.origin }, body: { portal: 'acme', challenge } }, '403 origin-not-allowed'],
  ] as const) {
    assert.equal(await said(relay, sessions, options), expected);
  }
  const settings: [string, string] = ['GET', '/v1/portals/acme'];
  assert.equal(await said(relay, settings, { headers: { origin: globex.origin } }), '403 origin-not-allowed');
  assert.deepEqual(await everyRow(store), before);
  assert.equal(await said(relay, ['GET', `/v1/onboardings/${id}`], { key: acme.key }), '200');
});

test('a code of one portal’s customer, redeemed in the other’s session, is refused when it came before', async (t) => {
  const relay = await startPortals(t);
  const mine = await customer(relay, 'acme', acme.origin);
  const other = await customer(relay, 'globex', globex.origin);
  const request = signup(relay.sandbox);
  const redeem = ({ verifier, ...who }: typeof mine) =>
    said(relay, ['POST', '/v1/onboardings'], { ...who, body: { ...request, verifier } });
  assert.equal(await redeem(mine), '202');
  assert.equal(await redeem(other), '422 code-used');
  assert.equal(await redeem({ ...other, verifier: mine.verifier }), '401 session-invalid');
});

test('a backend reads what its own portal launches with, and no other’s', async (t) => {
  const relay = await startPortals(t);
  const { key } = acme;
  assert.equal(await said(relay, ['GET', '/v1/portals/acme'], { key }), '200');
  for (const [portal, options] of [
    ['globex', { key }],
    ['initech', { key }],
    ['acme', { key: 'key-of-nobody' }],
    ['acme', { key, headers: { origin: globex.origin } }],
  ] as const) {
    const answer = await said(relay, ['GET', `/v1/portals/${portal}`], options);
    assert.equal(answer, '403 origin-not-allowed', portal);
  }
});
