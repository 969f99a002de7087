import assert from 'node:assert/strict';
import type { TestContext } from 'node:test';
import { test } from 'node:test';
import type { Onboarding } from 'whatsapp-embedded-signup/protocol';
import { createSecret } from '../secret.ts';
import type { Server } from '../serve.ts';
import { serve } from '../serve.ts';
import { parseSettings } from '../settings/parse.ts';
import { databaseEnv } from '../test/databases.ts';
import { claims, startFakeGraph } from '../test/fake-graph.ts';
import type { Harness } from '../test/harness.ts';
import { origin, signup, startHarness } from '../test/harness.ts';
import { connect, createDatabase, noPostgres } from '../test/postgres.ts';
import { startRelayProcess } from '../test/process.ts';
import { fault, graphCalls } from '../test/sandbox.ts';

const skip = noPostgres;

async function postgresEnv(t: TestContext) {
  return databaseEnv({ kind: 'postgres', url: createSecret(await createDatabase(t)) });
}

/** Another relay beside the harness's own, on the same database. */
async function beside(t: TestContext, relay: Harness): Promise<Server> {
  const other = await serve({ settings: parseSettings(relay.env, () => '') });
  t.after(() => other.stop());
  return other;
}

const headers = (session: string) => ({
  origin,
  authorization: `Bearer ${session}`,
  'content-type': 'application/json',
});

test('two relays that start at once on an empty database both come up', { skip }, async (t) => {
  const graph = await startFakeGraph(t);
  const env = { ...graph.env, RELAY_ORIGINS: origin, PORT: '0', ...(await postgresEnv(t)) };
  const settings = parseSettings(env, () => '');
  const relays = await Promise.all([1, 2, 3].map(() => serve({ settings })));
  await Promise.all(relays.map((relay) => relay.stop()));
});

test('fifty equal redeems over two relays make one exchange and fifty equal answers', { skip }, async (t) => {
  const relay = await startHarness(t, await postgresEnv(t));
  const other = await beside(t, relay);
  await fault(relay.sandbox, { match: { path: '*/oauth/access_token' }, kind: 'latency', ms: 200 });
  const { session, verifier } = await relay.session();
  const body = JSON.stringify({ ...signup(relay.sandbox), verifier });
  const answers = await Promise.all(
    Array.from({ length: 50 }, async (_, n) => {
      const { url } = n % 2 === 0 ? relay.relay : other;
      const response = await fetch(`${url}/v1/onboardings`, {
        method: 'POST',
        headers: headers(session),
        body,
      });
      return { status: response.status, body: (await response.json()) as Onboarding };
    }),
  );
  assert.deepEqual([...new Set(answers.map(({ status }) => status))], [202]);
  assert.equal(new Set(answers.map(({ body }) => body.id)).size, 1);
  assert.equal((await graphCalls(relay.sandbox)).filter((call) => call.includes('access_token')).length, 1);
});

test('one code that many sessions bring at once is exchanged for one of them', { skip }, async (t) => {
  const graph = await startFakeGraph(t);
  const relay = await startHarness(t, { ...graph.env, ...(await postgresEnv(t)) });
  const other = await beside(t, relay);
  const sessions = await Promise.all(Array.from({ length: 10 }, () => relay.session()));
  const statuses = await Promise.all(
    sessions.map(async ({ session, verifier }, n) => {
      const { url } = n % 2 === 0 ? relay.relay : other;
      const body = JSON.stringify({ code: 'one-code', verifier, ...claims });
      const response = await fetch(`${url}/v1/onboardings`, {
        method: 'POST',
        headers: headers(session),
        body,
      });
      return response.status;
    }),
  );
  assert.deepEqual(statuses.sort(), [202, ...Array(9).fill(422)]);
  assert.equal(graph.count('POST /oauth/access_token'), 1);
});

test('of two new codes at once, after one that was refused, a session has one exchanged', {
  skip,
}, async (t) => {
  const graph = await startFakeGraph(t);
  const relay = await startHarness(t, { ...graph.env, ...(await postgresEnv(t)) });
  const other = await beside(t, relay);
  graph.on('POST /oauth/access_token', async (turn) => {
    await new Promise((resolve) => setTimeout(resolve, 100));
    return turn === 1
      ? { status: 400, json: { error: { code: 100, error_subcode: 36007 } } }
      : { json: { access_token: 'EAA-second' } };
  });
  const { session, verifier } = await relay.session();
  assert.equal((await relay.redeem(session, { code: 'refused', verifier, ...claims })).status, 422);
  const statuses = await Promise.all(
    [relay.relay.url, other.url].map(async (url, n) => {
      const body = JSON.stringify({ code: `new-${n}`, verifier, ...claims });
      return (await fetch(`${url}/v1/onboardings`, { method: 'POST', headers: headers(session), body }))
        .status;
    }),
  );
  assert.deepEqual(statuses.sort(), [202, 409]);
  assert.equal(graph.count('POST /oauth/access_token'), 2);
});

test('a step that another relay runs shows in the stream within a second', { skip }, async (t) => {
  const graph = await startFakeGraph(t);
  const relay = await startHarness(t, { ...graph.env, ...(await postgresEnv(t)) });
  let finish = () => {};
  const asked = new Promise<void>((resolve) => {
    graph.on('POST /20001/register', async () => {
      resolve();
      await new Promise<void>((go) => {
        finish = go;
      });
      return { json: { success: true } };
    });
  });
  const { session, onboarding } = await relay.onboard({ code: 'a-code', ...claims });
  await asked;
  // It starts when the run is taken already, so each step is the first relay's.
  const other = await beside(t, relay);
  const response = await fetch(`${other.url}/v1/onboardings/${onboarding.id}/events`, {
    headers: headers(session),
  });
  assert.ok(response.body);
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  let seen = '';
  const until = async (what: RegExp) => {
    while (!what.test(seen)) {
      const { value, done } = await reader.read();
      if (done) throw new Error(`The stream ended after ${seen}`);
      seen += value;
    }
  };
  await until(/"name":"register","status":"running"/);
  finish();
  const ended = performance.now();
  await until(/"name":"register","status":"done"/);
  assert.ok(performance.now() - ended < 1000, 'it was seen within a second');
  await until(/"status":"completed"/);
});

test('what has changed only now is left to the relay that changed it, and taken up where nobody goes on', {
  skip,
}, async (t) => {
  const graph = await startFakeGraph(t);
  const env = await postgresEnv(t);
  const relay = await startHarness(t, { ...graph.env, ...env });
  const { session, onboarding } = await relay.onboard({ code: 'a-code', ...claims });
  await relay.ended(session, onboarding.id);
  const sql = connect(t, env.DATABASE_URL ?? '');
  // As a relay leaves it that has committed the token and not yet told the engine.
  await sql`UPDATE relay.onboarding SET status = 'running', ended_at = NULL, updated_at = ${Date.now()}`;
  const generation = async () => Number((await sql`SELECT generation FROM relay.onboarding`)[0]?.generation);
  const first = await beside(t, relay);
  assert.equal(await generation(), 1);
  await first.stop();
  await sql`UPDATE relay.onboarding SET updated_at = ${Date.now() - 10_000}`;
  // Two look at the same time, and one of them has it.
  await Promise.all([beside(t, relay), beside(t, relay)]);
  assert.equal((await relay.ended(session, onboarding.id)).status, 'completed');
  assert.equal(await generation(), 2);
});

test('a database that cuts every connection costs no token and no step', { skip }, async (t) => {
  // The engine says on standard error what it could not do.
  t.mock.method(console, 'error', () => {});
  const graph = await startFakeGraph(t);
  const env = await postgresEnv(t);
  const relay = await startHarness(t, { ...graph.env, ...env });
  const sql = connect(t, env.DATABASE_URL ?? '');
  const cutAll = async () => {
    await sql`SELECT pg_terminate_backend(pid, 2000) FROM pg_stat_activity
      WHERE datname = current_database() AND pid <> pg_backend_pid()`;
  };
  graph.on('POST /oauth/access_token', async () => {
    await cutAll();
    return { json: { access_token: 'EAA-once' } };
  });
  graph.on('POST /20001/register', async () => {
    await cutAll();
    return { json: { success: true } };
  });
  const { session, onboarding } = await relay.onboard({ code: 'a-code', ...claims });
  assert.equal((await relay.ended(session, onboarding.id, 60_000)).status, 'completed');
  assert.equal(graph.count('POST /oauth/access_token'), 1);
});

test('what a killed relay held, another goes on with when the lease has ended', { skip }, async (t) => {
  const graph = await startFakeGraph(t);
  const env = await postgresEnv(t);
  const relay = await startHarness(t, { ...graph.env, ...env });
  const { session, verifier } = await relay.session();
  await relay.relay.stop();
  const killed = await startRelayProcess(relay.env);
  graph.on('POST /20001/register', async (turn) => {
    if (turn === 1) await killed.kill();
    return { json: { success: true } };
  });
  const body = JSON.stringify({ code: 'a-code', verifier, ...claims });
  const redeemed = await fetch(`${killed.url}/v1/onboardings`, {
    method: 'POST',
    headers: headers(session),
    body,
  });
  const { id } = (await redeemed.json()) as Onboarding;
  while (graph.count('POST /20001/register') === 0) await new Promise((resolve) => setTimeout(resolve, 10));
  await relay.restart();
  const sql = connect(t, env.DATABASE_URL ?? '');
  // Half a minute passes.
  await sql`UPDATE openworkflow.workflow_runs SET available_at = now() WHERE status = 'running'`;
  assert.equal((await relay.ended(session, id)).status, 'completed');
  assert.equal(graph.count('POST /oauth/access_token'), 1);
});
