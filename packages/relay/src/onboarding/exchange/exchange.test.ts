import assert from 'node:assert/strict';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { TestContext } from 'node:test';
import { test } from 'node:test';
import type { Problem } from 'whatsapp-embedded-signup/protocol';
import { serve } from '../../serve.ts';
import { parseSettings } from '../../settings/parse.ts';
import { claims, graphError, startFakeGraph } from '../../test/fake-graph.ts';
import { startHarness } from '../../test/harness.ts';

const exchange = 'POST /oauth/access_token';
const request = { code: 'a-code', ...claims };
const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

async function start(t: TestContext) {
  const graph = await startFakeGraph(t);
  const relay = await startHarness(t, graph.env, { sweepEvery: 100 });
  const rows = new DatabaseSync(join(relay.folder, 'relay.db'), { timeout: 5000 });
  t.after(() => rows.close());
  return { graph, relay, rows };
}

test('a token that the database does not take at once is held until it does', async (t) => {
  const { graph, relay, rows } = await start(t);
  rows.exec(`CREATE TRIGGER full BEFORE INSERT ON credential BEGIN SELECT raise(ABORT, 'disk full'); END`);
  const redeemed = relay.onboard(request);
  await pause(400);
  rows.exec('DROP TRIGGER full');
  const { session, onboarding } = await redeemed;
  assert.equal(onboarding.status, 'running');
  assert.equal((await relay.ended(session, onboarding.id)).status, 'completed');
  assert.equal(graph.count(exchange), 1);
});

test('a refusal ends step and onboarding together, as soon as it can be written', async (t) => {
  const { graph, relay, rows } = await start(t);
  graph.on(exchange, graphError(100, { error_subcode: 36009 }));
  rows.exec(`CREATE TRIGGER full BEFORE UPDATE ON onboarding WHEN new.status = 'failed'
    BEGIN SELECT raise(ABORT, 'disk full'); END`);
  const { session, verifier } = await relay.session();
  const redeemed = relay.redeem(session, { ...request, verifier });
  await pause(400);
  assert.equal(rows.prepare(`SELECT status FROM step WHERE name = 'exchange'`).get()?.status, 'running');
  rows.exec('DROP TRIGGER full');
  assert.equal((await redeemed).status, 422);
  assert.equal(rows.prepare('SELECT status FROM onboarding').get()?.status, 'failed');
});

test('an exchange that nobody works on is given up, once it is overdue', async (t) => {
  const { relay, rows } = await start(t);
  const { session, onboarding } = await relay.onboard(request);
  await relay.ended(session, onboarding.id);
  rows.exec(`UPDATE onboarding SET status = 'exchanging', ended_at = NULL`);
  await pause(300);
  assert.equal(rows.prepare('SELECT status FROM onboarding').get()?.status, 'exchanging');
  for (const age of [60_000, -60_000]) {
    rows.prepare(`UPDATE onboarding SET status = 'exchanging'`).run();
    rows.prepare('UPDATE code SET created_at = ?').run(Date.now() - age);
    const ended = await relay.ended(session, onboarding.id);
    assert.deepEqual([ended.status, ended.error?.code], ['failed', 'exchange-unknown']);
  }
});

test('a token that comes after the exchange was given up still counts', async (t) => {
  const { graph, relay, rows } = await start(t);
  graph.on(exchange, () => {
    rows.exec(`UPDATE onboarding SET status = 'failed', error = '{"code":"exchange-unknown"}', ended_at = 1`);
    rows.exec(`UPDATE step SET status = 'failed', error = '{"code":"exchange-unknown"}', ended_at = 1`);
    return { json: { access_token: 'EAA-late' } };
  });
  const { session, onboarding } = await relay.onboard(request);
  assert.deepEqual([onboarding.status, onboarding.error], ['running', null]);
  const ended = await relay.ended(session, onboarding.id);
  assert.equal(ended.status, 'completed');
  assert.deepEqual(
    ended.steps.map(({ error }) => error),
    Array(5).fill(undefined),
  );
});

test('a second relay that starts on the same files leaves the first one’s exchange alone', async (t) => {
  const { graph, relay } = await start(t);
  graph.on(exchange, async () => {
    const second = await serve({ settings: parseSettings(relay.env, () => '') });
    await second.stop();
    return { json: { access_token: 'EAA-slow' } };
  });
  const { session, onboarding } = await relay.onboard(request);
  assert.equal(onboarding.status, 'running');
  assert.equal((await relay.ended(session, onboarding.id)).status, 'completed');
});

for (const [what, expires_in] of [
  ['a text', '5183944'],
  ['false', false],
  ['beyond all time', 1e308],
] as const) {
  test(`an expiry that is ${what} does not cost the token`, async (t) => {
    const { graph, relay } = await start(t);
    graph.on(exchange, { json: { access_token: 'EAA-odd', expires_in } });
    const { session, onboarding } = await relay.onboard(request);
    assert.equal((await relay.ended(session, onboarding.id)).status, 'completed');
  });
}

for (const transient of [undefined, true]) {
  const said = transient ? 'transient too' : 'nothing else';
  test(`a rate limit in the exchange that says ${said} is named as one, and costs no token`, async (t) => {
    const { graph, relay } = await start(t);
    graph.on(exchange, graphError(4, { is_transient: transient }));
    const { session, verifier } = await relay.session();
    const { status, body } = await relay.call<Problem>('POST', '/v1/onboardings', {
      session,
      body: { ...request, verifier },
    });
    assert.deepEqual([status, body.code], [422, 'code-refused']);
    assert.match(body.detail, /Wait/);
    assert.doesNotMatch(body.detail, /META_APP_ID/);
  });
}
