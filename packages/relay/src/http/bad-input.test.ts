import assert from 'node:assert/strict';
import { connect } from 'node:net';
import { test } from 'node:test';
import type { Problem } from 'whatsapp-embedded-signup/protocol';
import type { CallOptions, Harness } from '../test/harness.ts';
import { origin, signup, startHarness } from '../test/harness.ts';
import { storeOf } from '../test/rows.ts';
import { fault, graphCalls } from '../test/sandbox.ts';

async function assertProblem(
  relay: Harness,
  [method, path]: [string, string],
  options: CallOptions,
  [status, code]: [number, string],
): Promise<Problem> {
  const answer = await relay.call<Problem>(method, path, options);
  assert.equal(answer.status, status, JSON.stringify(answer.body));
  assert.equal(answer.body.code, code);
  assert.equal(answer.headers.get('content-type'), 'application/problem+json');
  assert.equal(answer.body.status, status);
  assert.ok(answer.body.detail && answer.body.requestId);
  assert.equal(typeof answer.body.retryable, 'boolean');
  return answer.body;
}

const challenge = 'A'.repeat(43);
const sessions: [string, string] = ['POST', '/v1/sessions'];
const onboardings: [string, string] = ['POST', '/v1/onboardings'];

test('an unknown portal is 404, readable by the page that asked', async (t) => {
  const relay = await startHarness(t);
  await assertProblem(relay, ['GET', '/v1/portals/nobody'], {}, [404, 'portal-unknown']);
  await assertProblem(relay, sessions, { body: { portal: 'nobody', challenge } }, [404, 'portal-unknown']);
});

test('foreign origins get 403 before any work, and no page can pretend', async (t) => {
  const relay = await startHarness(t);
  const foreign = [
    'https://evil.example',
    'https://acme.example.evil.example',
    'https://sub.acme.example',
    'http://acme.example',
    'https://acme.example:8443',
    'https://acme.example.',
    'https://ACME.example',
    'https://evilacme.example',
    'https://acme.example/',
    'https://acme.example, https://evil.example',
    'https://acm\u00e9.example',
    'https://xn--acm-dma.example',
    'https://user@acme.example',
    'acme.example',
    'file://',
    '*',
    '',
    'null',
  ];
  for (const origin of foreign) {
    const headers = { origin };
    await assertProblem(relay, ['GET', '/v1/portals/default'], { headers }, [403, 'origin-not-allowed']);
    await assertProblem(relay, sessions, { headers, body: { portal: 'default', challenge } }, [
      403,
      'origin-not-allowed',
    ]);
    await assertProblem(relay, onboardings, { headers, body: {} }, [403, 'origin-not-allowed']);
  }
  const without = await fetch(`${relay.relay.url}/v1/sessions`, { method: 'POST' });
  assert.equal(without.status, 403);
  assert.equal(((await without.json()) as Problem).code, 'origin-not-allowed');
});

test('the launch settings tell a foreign page why, and nothing else does', async (t) => {
  const relay = await startHarness(t);
  const headers = { origin: 'https://evil.example' };
  const settings = await relay.call('GET', '/v1/portals/default', { headers });
  assert.equal(settings.headers.get('access-control-allow-origin'), '*');
  const session = await relay.call('POST', '/v1/sessions', { headers });
  assert.equal(session.headers.get('access-control-allow-origin'), null);
  assert.match(session.headers.get('vary') ?? '', /origin/i);
});

test('preflights: an allowed page may send what the element sends, a foreign one nothing', async (t) => {
  const relay = await startHarness(t);
  const preflight = (origin: string) =>
    relay.call('OPTIONS', '/v1/onboardings', {
      headers: {
        origin,
        'access-control-request-method': 'POST',
        'access-control-request-headers': 'authorization',
      },
    });
  const allowed = await preflight('https://acme.example');
  assert.equal(allowed.status, 204);
  assert.equal(allowed.headers.get('access-control-allow-origin'), 'https://acme.example');
  assert.deepEqual(allowed.headers.get('access-control-allow-headers')?.split(/,\s*/), [
    'authorization',
    'content-type',
    'last-event-id',
  ]);
  assert.equal((await preflight('https://evil.example')).status, 403);
});

test('the relay’s own pages on loopback may use it in development', async (t) => {
  const relay = await startHarness(t);
  const { port } = new URL(relay.relay.url);
  for (const origin of [`http://127.0.0.1:${port}`, `http://localhost:${port}`]) {
    assert.equal((await relay.call('GET', '/v1/portals/default', { headers: { origin } })).status, 200);
  }
  const other = await relay.call('GET', '/v1/portals/default', { headers: { origin: 'http://localhost:1' } });
  assert.equal(other.status, 403);
});

test('bodies that are no JSON, too large, of another type or with wrong fields', async (t) => {
  const relay = await startHarness(t);
  const { session, verifier } = await relay.session();
  await assertProblem(relay, onboardings, { session, body: '{' }, [400, 'body-not-json']);
  await assertProblem(relay, onboardings, { session, body: `"${'x'.repeat(20_000)}"` }, [
    413,
    'body-too-large',
  ]);
  const headers = { 'content-type': 'text/plain' };
  await assertProblem(relay, onboardings, { session, body: '{}', headers }, [
    415,
    'content-type-unsupported',
  ]);
  const wrong: unknown[] = [
    [],
    null,
    {},
    { code: '' },
    { code: 5, verifier },
    { code: 'secret-code', verifier, ids: { wabaId: '1/../me' } },
    { code: 'secret-code', verifier, ids: { wabaId: '1?fields=x' } },
    { code: 'secret-code', verifier, ids: { wabaId: 1 } },
    { code: 'secret-code', verifier, surprise: true },
  ];
  const deep = `{"code":"secret-code","verifier":"${verifier}","data":{"a":${'['.repeat(7000)}${']'.repeat(7000)}}}`;
  await assertProblem(relay, onboardings, { session, body: deep }, [400, 'body-invalid']);
  for (const body of wrong) {
    const problem = await assertProblem(relay, onboardings, { session, body: JSON.stringify(body) }, [
      400,
      'body-invalid',
    ]);
    assert.ok(!JSON.stringify(problem).includes('secret-code'));
  }
  await assertProblem(relay, sessions, { body: { portal: 'default', challenge: 'short' } }, [
    400,
    'body-invalid',
  ]);
  await assertProblem(relay, sessions, { body: { portal: 'default', challenge, flow: 'coexistence' } }, [
    400,
    'flow-unknown',
  ]);
});

for (const framing of ['Content-Length: 100\r\n\r\n{"a', 'Transfer-Encoding: chunked\r\n\r\n3\r\n{"a\r\n']) {
  test(`a client that leaves in the middle of its body is no error: ${framing.split(':')[0]}`, async (t) => {
    const relay = await startHarness(t);
    const client = connect(Number(new URL(relay.relay.url).port), '127.0.0.1');
    const head = `POST /v1/sessions HTTP/1.1\r\nHost: x\r\nOrigin: ${origin}\r\nContent-Type: application/json\r\n`;
    client.write(head + framing);
    await new Promise((resolve) => setTimeout(resolve, 100));
    client.destroy();
    const gone = () => relay.logged.find(({ fields }) => fields.path === '/v1/sessions');
    while (!gone()) await new Promise((resolve) => setTimeout(resolve, 10));
    assert.deepEqual(
      relay.logged.filter(({ level }) => level === 'error'),
      [],
    );
  });
}

test('sessions that are missing, malformed, forged or of another page', async (t) => {
  const relay = await startHarness(t, { RELAY_ORIGINS: 'https://acme.example,https://other.example' });
  const { session, verifier } = await relay.session();
  const body = { code: 'x', verifier };
  await assertProblem(relay, onboardings, { body }, [401, 'session-missing']);
  for (const text of [
    'x',
    'v1.k1.e30.AAAA',
    `${session}A.B`,
    session.replace(/.$/, (c) => (c === 'A' ? 'Q' : 'A')),
  ]) {
    await assertProblem(relay, onboardings, { session: text, body }, [401, 'session-invalid']);
  }
  await assertProblem(relay, onboardings, { session, body: { code: 'x', verifier: 'wrong' } }, [
    401,
    'session-invalid',
  ]);
  await assertProblem(relay, onboardings, { session, body: { code: 'x' } }, [401, 'session-invalid']);
  const headers = { origin: 'https://other.example' };
  await assertProblem(relay, onboardings, { session, body, headers }, [403, 'origin-not-allowed']);
});

test('nothing of all this is written, and Meta is not asked', async (t) => {
  const relay = await startHarness(t);
  const { session } = await relay.session();
  await relay.redeem(session, { code: 'x', verifier: 'wrong' });
  await relay.call('POST', '/v1/onboardings', { session, body: '{' });
  await relay.call('GET', '/v1/onboardings/onb_1', { session });
  const store = await storeOf(t, relay);
  assert.deepEqual(await store.selectFrom('onboarding').selectAll().execute(), []);
  assert.deepEqual(await graphCalls(relay.sandbox), []);
});

test('another session’s onboarding looks like none', async (t) => {
  const relay = await startHarness(t);
  const { onboarding } = await relay.onboard();
  const { session } = await relay.session();
  for (const path of [
    `/v1/onboardings/${onboarding.id}`,
    `/v1/onboardings/${onboarding.id}/events`,
    '/v1/onboardings/onb_x',
  ]) {
    await assertProblem(relay, ['GET', path], { session }, [404, 'onboarding-unknown']);
  }
  const patch: [string, string] = ['PATCH', `/v1/onboardings/${onboarding.id}`];
  await assertProblem(relay, patch, { session, body: { event: 'FINISH' } }, [404, 'onboarding-unknown']);
});

test('a code that Meta refuses leaves an intent row and nothing else', async (t) => {
  const relay = await startHarness(t);
  const { code } = signup(relay.sandbox);
  const first = await relay.session();
  await relay.redeem(first.session, { code, verifier: first.verifier });

  const used = await relay.session();
  await assertProblem(
    relay,
    onboardings,
    { session: used.session, body: { code, verifier: used.verifier } },
    [422, 'code-used'],
  );

  const unknown = await relay.session();
  const body = { code: 'no-such-code', verifier: unknown.verifier };
  const problem = await assertProblem(relay, onboardings, { session: unknown.session, body }, [
    422,
    'code-expired',
  ]);
  assert.match(problem.onboarding ?? '', /^onb_/);
  const failed = await relay.call<{ status: string; error: { code: string } }>(
    'GET',
    `/v1/onboardings/${problem.onboarding}`,
    { session: unknown.session },
  );
  assert.deepEqual([failed.body.status, failed.body.error.code], ['failed', 'code-expired']);
});

test('a wrong app secret is refused as such, once', async (t) => {
  const relay = await startHarness(t, { META_APP_SECRET: 'wrong' });
  const { session, verifier } = await relay.session();
  const body = { ...signup(relay.sandbox), verifier };
  await assertProblem(relay, onboardings, { session, body }, [422, 'code-refused']);
  assert.equal((await graphCalls(relay.sandbox)).length, 1);
});

for (const kind of ['drop-before', 'commit-then-drop', 'half-body', '500', 'html'] as const) {
  test(`${kind} in the exchange is exchange-unknown, and the code is never sent again`, async (t) => {
    const relay = await startHarness(t);
    await fault(relay.sandbox, { match: { path: '*/oauth/access_token' }, kind, times: 1 });
    const { session, verifier } = await relay.session();
    const body = { ...signup(relay.sandbox), verifier };
    await assertProblem(relay, onboardings, { session, body }, [502, 'exchange-unknown']);
    await assertProblem(relay, onboardings, { session, body }, [502, 'exchange-unknown']);
    assert.equal((await graphCalls(relay.sandbox)).length, 1);
    const again = await relay.onboard();
    assert.equal((await relay.ended(again.session, again.onboarding.id)).status, 'completed');
  });
}
