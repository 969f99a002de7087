import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Onboarding, Problem, SessionGrant } from 'whatsapp-embedded-signup/protocol';
import { sha256, toBase64Url } from '../encoding.ts';
import type { Harness } from '../test/harness.ts';
import { signup, startHarness } from '../test/harness.ts';

const keys = { RELAY_API_KEY: 'key-new, key-old' };
const server = { ...keys, RELAY_SESSIONS: 'server' };
const challenge = 'A'.repeat(43);

/** `status code` of an answer, or the status alone where it is none of a problem. */
async function said(relay: Harness, ...call: Parameters<Harness['call']>): Promise<string> {
  const { status, body } = await relay.call<Partial<Problem>>(...call);
  return body.code === undefined ? String(status) : `${status} ${body.code}`;
}

async function granted(relay: Harness, body: Record<string, unknown>, key = 'key-new'): Promise<string> {
  const answer = await relay.call<SessionGrant>('POST', '/v1/sessions', { key, body });
  assert.equal(answer.status, 201, JSON.stringify(answer.body));
  assert.ok(Date.parse(answer.body.expiresAt) > Date.now());
  return answer.body.session;
}

test('the site’s backend makes a session for its customer, and the onboarding is that customer’s', async (t) => {
  const relay = await startHarness(t, server);
  for (const key of ['key-new', 'key-old']) {
    const session = await granted(relay, { portal: 'default', reference: 'customer-7' }, key);
    const { status, body } = await relay.redeem(session, signup(relay.sandbox));
    assert.equal(status, 202);
    assert.equal(body.reference, 'customer-7');
    assert.equal(body.claimedReference, undefined);
    assert.equal((await relay.ended(session, body.id)).status, 'completed');
    const read = await relay.call<Onboarding>('GET', `/v1/onboardings/${body.id}`, { key });
    assert.deepEqual([read.status, read.body.status], [200, 'completed']);
  }
});

test('a challenge that the backend passed on wants its verifier', async (t) => {
  const relay = await startHarness(t, server);
  const verifier = 'of-the-page';
  const session = await granted(relay, {
    portal: 'default',
    reference: 'customer-7',
    challenge: toBase64Url(await sha256(verifier)),
    flow: 'standard',
    prefill: { business: { name: 'Acme' } },
    reconnect: '10001',
  });
  const request = signup(relay.sandbox);
  for (const wrong of [{}, { verifier: 'another' }]) {
    const answer = await relay.redeem(session, { ...request, ...wrong });
    assert.equal(answer.status, 401);
  }
  assert.equal((await relay.redeem(session, { ...request, verifier })).status, 202);
});

test('where only the backend may start, a page may not', async (t) => {
  const relay = await startHarness(t, server);
  const body = { portal: 'default', challenge };
  assert.equal(await said(relay, 'POST', '/v1/sessions', { body }), '403 session-required');
  const settings = await relay.call<{ sessions: string }>('GET', '/v1/portals/default');
  assert.equal(settings.body.sessions, 'server');
});

test('bodies of a backend that are wrong are named, and give no session', async (t) => {
  const relay = await startHarness(t, keys);
  const good = { portal: 'default', reference: 'customer-7' };
  for (const [body, problem] of [
    [{ portal: 'default' }, '400 body-invalid'],
    [{ ...good, reference: '' }, '400 body-invalid'],
    [{ ...good, reference: 7 }, '400 body-invalid'],
    [{ ...good, reference: 'a\0b' }, '400 body-invalid'],
    [{ ...good, challenge: 'short' }, '400 body-invalid'],
    [{ ...good, prefill: 'Acme' }, '400 body-invalid'],
    [{ ...good, prefill: { name: 'x'.repeat(4000) } }, '400 body-invalid'],
    [{ ...good, surprise: 1 }, '400 body-invalid'],
    [{ ...good, flow: 'hosted' }, '400 body-invalid'],
    [{ ...good, flow: 'coexistence' }, '400 flow-unknown'],
    [{ ...good, portal: 'nobody' }, '404 portal-unknown'],
    [{ onboarding: 5 }, '400 body-invalid'],
    [{ onboarding: 'onb_x', portal: 'default' }, '400 body-invalid'],
    [{ onboarding: 'onb_x' }, '404 onboarding-unknown'],
    [{ onboarding: '../me' }, '404 onboarding-unknown'],
    [[], '400 body-invalid'],
    [null, '400 body-invalid'],
  ] as const) {
    assert.equal(
      await said(relay, 'POST', '/v1/sessions', { key: 'key-new', body }),
      problem,
      JSON.stringify(body),
    );
  }
});

test('a session made for an onboarding reads and resumes it, and redeems nothing', async (t) => {
  const relay = await startHarness(t, keys);
  const { onboarding } = await relay.onboard();
  const session = await granted(relay, { onboarding: onboarding.id });
  assert.equal((await relay.ended(session, onboarding.id)).id, onboarding.id);
  const path = `/v1/onboardings/${onboarding.id}`;
  assert.equal(await said(relay, 'POST', `${path}/resume`, { session }), '202');
  const request = signup(relay.sandbox);
  assert.equal(await said(relay, 'POST', '/v1/onboardings', { session, body: request }), '409 session-used');
  const other = await relay.onboard();
  assert.equal(
    await said(relay, 'GET', `/v1/onboardings/${other.onboarding.id}`, { session }),
    '404 onboarding-unknown',
  );
});

for (const [name, key] of [
  ['another', 'key-ne'],
  ['a longer one', 'key-newer'],
  ['both at once', 'key-new, key-old'],
  ['of another case', 'KEY-NEW'],
  ['one character', 'k'],
] as const) {
  test(`a wrong key, ${name}, is 401 wherever a key is taken`, async (t) => {
    const relay = await startHarness(t, keys);
    const { onboarding } = await relay.onboard();
    for (const [method, path] of [
      ['POST', '/v1/sessions'],
      ['GET', `/v1/onboardings/${onboarding.id}`],
      ['POST', `/v1/onboardings/${onboarding.id}/input`],
      ['POST', `/v1/onboardings/${onboarding.id}/resume`],
    ] as const) {
      assert.equal(await said(relay, method, path, { key }), '401 portal-key-invalid');
      assert.equal(await said(relay, method, path, { session: key }), '401 portal-key-invalid');
    }
  });
}

test('without any key there are no backend routes', async (t) => {
  const relay = await startHarness(t);
  const { onboarding } = await relay.onboard();
  for (const [method, path] of [
    ['POST', '/v1/sessions'],
    ['GET', `/v1/onboardings/${onboarding.id}`],
    ['POST', `/v1/onboardings/${onboarding.id}/resume`],
  ] as const) {
    assert.equal(await said(relay, method, path, { key: 'guess' }), '404 not-found');
  }
});

test('a key that looks like a session is a key, and one with spaces and umlauts too', async (t) => {
  for (const key of ['v1.k1.e30.AAAA', 'two words', 'schlüssel']) {
    const relay = await startHarness(t, { RELAY_API_KEY: key });
    const sent = Buffer.from(key).toString('latin1');
    await granted(relay, { portal: 'default', reference: 'customer-7' }, sent);
  }
});

test('a key opens no route of pages, and a foreign page none with a key', async (t) => {
  const relay = await startHarness(t, keys);
  const { onboarding } = await relay.onboard();
  const key = 'key-new';
  assert.equal(
    await said(relay, 'POST', '/v1/onboardings', { key, body: { code: 'x' } }),
    '401 session-missing',
  );
  assert.equal(
    await said(relay, 'GET', `/v1/onboardings/${onboarding.id}/events`, { key }),
    '401 session-missing',
  );
  const headers = { origin: 'https://evil.example' };
  assert.equal(
    await said(relay, 'GET', `/v1/onboardings/${onboarding.id}`, { key, headers }),
    '403 origin-not-allowed',
  );
});
