import assert from 'node:assert/strict';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { test } from 'node:test';
import type { Onboarding } from 'whatsapp-embedded-signup/protocol';
import { claims, graphError, startFakeGraph } from '../test/fake-graph.ts';
import { startHarness } from '../test/harness.ts';

test('while one step waits for its next try, retryAt says when, whatever ends beside it', async (t) => {
  const graph = await startFakeGraph(t);
  graph.on('POST /20001/register', (turn) => (turn === 1 ? graphError(2) : { json: { success: true } }));
  graph.on('POST /10001/subscribed_apps', async () => {
    await new Promise((resolve) => setTimeout(resolve, 200));
    return { json: { success: true } };
  });
  const relay = await startHarness(t, graph.env);
  const { session, onboarding } = await relay.onboard({ code: 'a-code', ...claims });
  const look = async () =>
    (await relay.call<Onboarding>('GET', `/v1/onboardings/${onboarding.id}`, { session })).body;
  let view = await look();
  while (view.steps.find(({ name }) => name === 'subscribe')?.status !== 'done') view = await look();
  assert.ok(view.retryAt && Date.parse(view.retryAt) > Date.now());
  const done = await relay.ended(session, onboarding.id);
  assert.deepEqual([done.status, done.retryAt], ['completed', null]);
});

test('a confirm that keeps failing says so, and the onboarding completes', async (t) => {
  const graph = await startFakeGraph(t);
  graph.on('GET /20001', graphError(2));
  const relay = await startHarness(t, graph.env);
  const { session, onboarding } = await relay.onboard({ code: 'a-code', ...claims });
  const done = await relay.ended(session, onboarding.id);
  assert.deepEqual([done.status, done.error], ['completed', null]);
  const confirm = done.steps.find(({ name }) => name === 'confirm');
  assert.deepEqual([confirm?.status, confirm?.error?.code], ['failed', 'meta-unavailable']);
  assert.equal(graph.count('GET /20001'), 3);
});

test('register is tried five times in all, whatever the engine thinks', async (t) => {
  const graph = await startFakeGraph(t);
  graph.on('POST /20001/register', graphError(2));
  const relay = await startHarness(t, graph.env, { sweepEvery: 100 });
  const { session, onboarding } = await relay.onboard({ code: 'a-code', ...claims });
  const engine = new DatabaseSync(join(relay.folder, 'relay.engine.db'), { timeout: 5000 });
  t.after(() => engine.close());
  // No pause between two tries.
  const hurry = setInterval(() => {
    engine.exec(
      `UPDATE workflow_runs SET available_at = '2020-01-01T00:00:00.000Z' WHERE status = 'pending'`,
    );
  }, 20);
  t.after(() => clearInterval(hurry));
  const done = await relay.ended(session, onboarding.id);
  assert.deepEqual([done.status, done.error?.code], ['failed', 'meta-unavailable']);
  assert.equal(graph.count('POST /20001/register'), 5);
});
