import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { TestContext } from 'node:test';
import { test } from 'node:test';
import type { Onboarding } from 'whatsapp-embedded-signup/protocol';
import type { Harness } from './test/harness.ts';
import { origin, signup, startHarness } from './test/harness.ts';
import type { RelayProcess } from './test/process.ts';
import { startRelayProcess } from './test/process.ts';
import { fault, graphCalls, journal } from './test/sandbox.ts';

/** A harness whose relay is a process of its own, on the harness's files. */
async function startKillable(
  t: TestContext,
): Promise<{ harness: Harness; start: () => Promise<RelayProcess> }> {
  const harness = await startHarness(t);
  let running: RelayProcess | null = null;
  t.after(() => running?.kill());
  return {
    harness,
    start: async () => {
      running = await startRelayProcess({
        ...harness.env,
        DATABASE_URL: `file:${join(harness.folder, 'own', 'relay.db')}`,
      });
      return running;
    },
  };
}

async function call<T>(
  relay: RelayProcess,
  method: string,
  path: string,
  session: string,
  body?: unknown,
): Promise<T> {
  const response = await fetch(`${relay.url}${path}`, {
    method,
    headers: {
      origin,
      authorization: `Bearer ${session}`,
      ...(body !== undefined && { 'content-type': 'application/json' }),
    },
    body: body === undefined ? null : JSON.stringify(body),
  });
  return (await response.json()) as T;
}

async function startSignup(harness: Harness, relay: RelayProcess) {
  const verifier = 'v'.repeat(43);
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(verifier));
  const challenge = Buffer.from(digest).toString('base64url');
  const { session } = await call<{ session: string }>(relay, 'POST', '/v1/sessions', '', {
    portal: 'default',
    challenge,
  });
  const request = { ...signup(harness.sandbox), verifier };
  return { session, request };
}

async function until<T>(ms: number, look: () => Promise<T | null>): Promise<T> {
  const end = Date.now() + ms;
  for (;;) {
    const found = await look();
    if (found !== null) return found;
    if (Date.now() > end) throw new Error('It did not happen in time.');
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
}

async function ended(relay: RelayProcess, session: string, id: string): Promise<Onboarding> {
  return until(8000, async () => {
    const view = await call<Onboarding>(relay, 'GET', `/v1/onboardings/${id}`, session);
    return view.status === 'completed' || view.status === 'failed' ? view : null;
  });
}

test('kill -9 after the answer, while register is on its way: the next start completes it', async (t) => {
  const { harness, start } = await startKillable(t);
  await fault(harness.sandbox, { match: { path: '*/register' }, kind: 'latency', ms: 800, times: 1 });
  const first = await start();
  const { session, request } = await startSignup(harness, first);
  const { id } = await call<Onboarding>(first, 'POST', '/v1/onboardings', session, request);
  await until(5000, async () =>
    (await graphCalls(harness.sandbox)).some((path) => path.includes('/register')) ? true : null,
  );
  await first.kill();

  const second = await start();
  const started = performance.now();
  const done = await ended(second, session, id);
  assert.equal(done.status, 'completed');
  assert.ok(performance.now() - started < 5000, 'it did not wait for the dead process’s lease');
  const calls = await graphCalls(harness.sandbox);
  assert.equal(
    calls.filter((path) => path.includes('access_token')).length,
    1,
    'the code was exchanged once',
  );
  assert.equal(calls.filter((path) => path.includes('POST') && path.includes('subscribed_apps')).length, 1);
});

test('kill -9 right after the answer, before the engine has begun: nothing is lost', async (t) => {
  const { harness, start } = await startKillable(t);
  await fault(harness.sandbox, { match: { path: '*/debug_token' }, kind: 'latency', ms: 500 });
  const first = await start();
  const { session, request } = await startSignup(harness, first);
  const { id } = await call<Onboarding>(first, 'POST', '/v1/onboardings', session, request);
  await first.kill();
  const done = await ended(await start(), session, id);
  assert.equal(done.status, 'completed');
});

test('kill -9 in the middle of the exchange: the person is told to start again, and the code is not sent twice', async (t) => {
  const { harness, start } = await startKillable(t);
  await fault(harness.sandbox, { match: { path: '*/oauth/access_token' }, kind: 'latency', ms: 3000 });
  const first = await start();
  const { session, request } = await startSignup(harness, first);
  const lost = call(first, 'POST', '/v1/onboardings', session, request).catch(() => 'lost');
  await until(5000, async () => ((await graphCalls(harness.sandbox)).length > 0 ? true : null));
  await first.kill();
  assert.equal(await lost, 'lost');
  // Only an exchange that is overdue is given up: another process could be at it. Here, a minute passes.
  const rows = new DatabaseSync(join(harness.folder, 'own', 'relay.db'));
  rows.exec('UPDATE code SET created_at = created_at - 60000');
  rows.close();
  const again = await call<{ code: string }>(await start(), 'POST', '/v1/onboardings', session, request);
  assert.equal(again.code, 'exchange-unknown');
  assert.equal((await graphCalls(harness.sandbox)).length, 1);
});

test('no token, code, PIN, secret or session stands in a file, a log line or an address', async (t) => {
  const { harness, start } = await startKillable(t);
  await fault(harness.sandbox, { match: { path: '*/register' }, kind: '500', times: 1 });
  const relay = await start();
  const { session, request } = await startSignup(harness, relay);
  const { id } = await call<Onboarding>(relay, 'POST', '/v1/onboardings', session, request);
  await call(relay, 'POST', '/v1/onboardings', session, { ...request, code: 'another-code-entirely' });
  assert.equal((await ended(relay, session, id)).status, 'completed');

  const state = JSON.stringify(await (await fetch(`${harness.sandbox.url}/_sandbox/state`)).json());
  const pins = [...state.matchAll(/"pin":"(\d{6})"/g)].map(([, pin]) => pin ?? '');
  const tokens = [...state.matchAll(/"(EAA[\w-]+)"/g)].map(([, token]) => token ?? '');
  assert.ok(pins.length > 0 && tokens.length > 0, 'the sandbox shows what must not be found');
  const secrets = [
    request.code,
    'another-code-entirely',
    session,
    request.verifier,
    harness.env.META_APP_SECRET ?? '',
    ...pins,
    ...tokens,
  ];

  assert.equal(await relay.terminate(), 0);
  const folder = join(harness.folder, 'own');
  const places = readdirSync(folder).map((name): [string, string] => [
    name,
    readFileSync(join(folder, name), 'latin1'),
  ]);
  assert.deepEqual(places.map(([name]) => name).sort(), ['development.key', 'relay.db', 'relay.engine.db']);
  for (const [name, text] of [...places, ['the log', relay.output()] as const]) {
    for (const secret of secrets) assert.ok(!text.includes(secret), `${secret} stands in ${name}`);
  }
  for (const { path, secretsInUrl = [] } of await journal(harness.sandbox)) {
    assert.deepEqual(
      secretsInUrl.filter((name) => name !== 'appsecret_proof' && name !== 'input_token'),
      [],
      path,
    );
  }
});
