import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Onboarding } from 'whatsapp-embedded-signup/protocol';
import { serve } from '../serve.ts';
import { parseSettings } from '../settings/parse.ts';
import { claims, type GraphAnswer, graphError, startFakeGraph } from '../test/fake-graph.ts';
import { origin, startHarness } from '../test/harness.ts';

const late: Record<string, GraphAnswer> = {
  'an error that is final': graphError(100),
  'an error that may pass': graphError(2),
  'a wait of its own': graphError(133005),
  'a success': { json: { success: true } },
};

for (const [what, answer] of Object.entries(late)) {
  test(`a process that slept while another took over writes nothing down: ${what}`, async (t) => {
    const graph = await startFakeGraph(t);
    let release = (_answer: GraphAnswer): void => {};
    const held = new Promise<GraphAnswer>((resolve) => {
      release = resolve;
    });
    graph.on('POST /20001/register', (turn) => (turn === 1 ? held : { json: { success: true } }));
    const relay = await startHarness(t, graph.env);
    const { session, onboarding } = await relay.onboard({ code: 'a-code', ...claims });
    while (graph.count('POST /20001/register') === 0) await new Promise((resolve) => setTimeout(resolve, 5));

    const second = await serve({ settings: parseSettings(relay.env, () => '') });
    t.after(() => second.stop());
    const done = await relay.ended(session, onboarding.id);
    assert.equal(done.status, 'completed');

    release(answer);
    // Waits for the step that has just got its answer.
    await relay.restart();
    const headers = { origin, authorization: `Bearer ${session}` };
    const after = await fetch(`${second.url}/v1/onboardings/${onboarding.id}`, { headers });
    assert.deepEqual((await after.json()) as Onboarding, done);
    assert.equal(graph.count('POST /20001/register'), 2);
  });
}
