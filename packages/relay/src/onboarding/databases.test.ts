import assert from 'node:assert/strict';
import { test } from 'node:test';
import { databaseEnv, databases } from '../test/databases.ts';
import { claims, graphError, startFakeGraph } from '../test/fake-graph.ts';
import { startHarness } from '../test/harness.ts';
import { graphCalls } from '../test/sandbox.ts';

for (const { name, skip, create } of databases) {
  test(`${name}: a signup completes`, { skip }, async (t) => {
    const relay = await startHarness(t, databaseEnv(await create(t)));
    const { session, onboarding } = await relay.onboard();
    const done = await relay.ended(session, onboarding.id);
    assert.equal(done.status, 'completed');
    assert.ok(
      done.steps.every(({ status }) => status === 'done'),
      JSON.stringify(done.steps),
    );
    assert.equal((await graphCalls(relay.sandbox)).filter((call) => call.includes('register')).length, 1);
  });

  test(`${name}: what a restart finds unfinished goes on, and does only what is left`, {
    skip,
  }, async (t) => {
    const graph = await startFakeGraph(t);
    graph.on('POST /20001/register', (turn) => (turn === 1 ? graphError(2) : { json: { success: true } }));
    const relay = await startHarness(t, { ...graph.env, ...databaseEnv(await create(t)) });
    const { session, onboarding } = await relay.onboard({ code: 'a-code', ...claims });
    while (graph.count('POST /20001/register') === 0) await new Promise((resolve) => setTimeout(resolve, 10));
    await relay.restart();
    assert.equal((await relay.ended(session, onboarding.id)).status, 'completed');
    assert.equal(graph.count('POST /oauth/access_token'), 1);
    assert.equal(graph.count('POST /10001/subscribed_apps'), 1);
    assert.equal(graph.count('POST /20001/register'), 2);
  });
}
