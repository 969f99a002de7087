import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Problem } from 'whatsapp-embedded-signup/protocol';
import { claims, startFakeGraph } from './test/fake-graph.ts';
import { origin, startHarness } from './test/harness.ts';

test('a stop in the middle of an exchange waits for the token, and the next start completes it', async (t) => {
  const graph = await startFakeGraph(t);
  const relay = await startHarness(t, graph.env);
  graph.on('POST /oauth/access_token', async () => {
    await new Promise((resolve) => setTimeout(resolve, 500));
    return { json: { access_token: 'EAA-late' } };
  });
  const { session, verifier } = await relay.session();
  const redeemed = relay.redeem(session, { code: 'a-code', verifier, ...claims });
  while (graph.calls.length === 0) await new Promise((resolve) => setTimeout(resolve, 10));
  await relay.restart();

  const { status, headers, body } = await redeemed;
  assert.equal(status, 202);
  // Who polls would keep the connection, and with it the process.
  assert.equal(headers.get('connection'), 'close');
  assert.equal((await relay.ended(session, body.id)).status, 'completed');
  assert.equal(graph.count('POST /oauth/access_token'), 1);
});

test('who comes by a connection that was still open is told to come again', async (t) => {
  const relay = await startHarness(t);
  const { session, onboarding } = await relay.onboard();
  await relay.ended(session, onboarding.id);
  await relay.relay.stop();
  const answer = await relay.relay.relay.fetch(
    new Request(`${relay.relay.url}/v1/onboardings/${onboarding.id}`, {
      headers: { origin, authorization: `Bearer ${session}` },
    }),
  );
  assert.equal(answer.status, 503);
  const { code, retryable } = (await answer.json()) as Problem;
  assert.deepEqual([code, retryable], ['stopping', true]);
  assert.ok(!relay.logged.some(({ level }) => level === 'error'));
});
