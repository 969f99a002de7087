import assert from 'node:assert/strict';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { TestContext } from 'node:test';
import { test } from 'node:test';
import type { FakeGraph } from '../test/fake-graph.ts';
import { claims, graphError, startFakeGraph } from '../test/fake-graph.ts';
import type { Harness } from '../test/harness.ts';
import { startHarness } from '../test/harness.ts';

const request = { code: 'a-code', ...claims };
const register = 'POST /20001/register';

/** A relay that looks around every 100 ms, and the two files it works on. */
async function start(
  t: TestContext,
): Promise<{ graph: FakeGraph; relay: Harness; rows: DatabaseSync; engine: DatabaseSync }> {
  const graph = await startFakeGraph(t);
  const relay = await startHarness(t, graph.env, { sweepEvery: 100 });
  const open = (name: string): DatabaseSync => {
    const database = new DatabaseSync(join(relay.folder, name), { timeout: 5000 });
    t.after(() => database.close());
    return database;
  };
  return { graph, relay, rows: open('relay.db'), engine: open('relay.engine.db') };
}

/** Has the first `register` fail in passing, so that the run waits a second for its next try. */
async function onboardUntilPause(graph: FakeGraph, relay: Harness) {
  graph.on(register, (turn) => (turn === 1 ? graphError(2) : { json: { success: true } }));
  const begun = await relay.onboard(request);
  while (graph.count(register) === 0) await new Promise((resolve) => setTimeout(resolve, 10));
  return begun;
}

test('an engine that takes nothing at the moment costs no customer: 202, and it completes', async (t) => {
  const { relay, engine } = await start(t);
  // The engine says on standard error what it could not do.
  t.mock.method(console, 'error', () => {});
  engine.exec('BEGIN IMMEDIATE');
  const { session, onboarding } = await relay.onboard(request);
  engine.exec('ROLLBACK');
  assert.equal(onboarding.status, 'running');
  assert.equal((await relay.ended(session, onboarding.id)).status, 'completed');
});

test('a run that the engine gave up is started anew, and does only what is left', async (t) => {
  const { graph, relay, engine } = await start(t);
  const { session, onboarding } = await onboardUntilPause(graph, relay);
  await relay.restart();
  engine.exec(`UPDATE workflow_runs SET status = 'failed', available_at = NULL`);
  assert.equal((await relay.ended(session, onboarding.id)).status, 'completed');
  assert.equal(graph.count('POST /10001/subscribed_apps'), 1);
  assert.equal(graph.count('GET /debug_token'), 1);
});

test('a row that is older than the engine’s file is taken up', async (t) => {
  const { graph, relay, rows } = await start(t);
  const { session, onboarding } = await relay.onboard(request);
  await relay.ended(session, onboarding.id);
  rows.exec(`UPDATE onboarding SET status = 'running', ended_at = NULL`);
  rows.exec(`UPDATE step SET status = 'running', ended_at = NULL WHERE name = 'confirm'`);
  assert.equal((await relay.ended(session, onboarding.id)).status, 'completed');
  assert.equal(graph.count(register), 1);
});

test('a run without a row ends, and Meta is not asked', async (t) => {
  const { graph, relay, rows, engine } = await start(t);
  await onboardUntilPause(graph, relay);
  rows.exec('PRAGMA foreign_keys = ON; DELETE FROM onboarding');
  const status = engine.prepare('SELECT status FROM workflow_runs');
  while (status.get()?.status !== 'completed') await new Promise((resolve) => setTimeout(resolve, 20));
  assert.equal(graph.count(register), 1);
});

test('a live run is left alone, even after days', async (t) => {
  const { graph, relay, engine } = await start(t);
  const { session, onboarding } = await onboardUntilPause(graph, relay);
  engine.exec(`UPDATE workflow_runs SET created_at = '2020-01-01T00:00:00.000Z'`);
  await relay.restart();
  assert.equal((await relay.ended(session, onboarding.id)).status, 'completed');
  assert.equal(engine.prepare('SELECT count(*) AS runs FROM workflow_runs').get()?.runs, 1);
});

test('an end that cannot be written down is tried until it can', async (t) => {
  const { relay, rows, engine } = await start(t);
  rows.exec(`CREATE TRIGGER full BEFORE UPDATE ON onboarding WHEN new.status = 'completed'
    BEGIN SELECT raise(ABORT, 'disk full'); END`);
  const { session, onboarding } = await relay.onboard(request);
  const tries = engine.prepare(
    `SELECT error FROM step_attempts WHERE step_name = 'finish' AND error NOT NULL`,
  );
  while (tries.get() === undefined) await new Promise((resolve) => setTimeout(resolve, 20));
  rows.exec('DROP TRIGGER full');
  assert.equal((await relay.ended(session, onboarding.id)).status, 'completed');
  // What the database said stays out of the engine's file.
  assert.doesNotMatch(JSON.stringify(tries.all()), /disk full/);
});
