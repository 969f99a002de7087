import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createBreaker } from './breaker.ts';
import { GraphError, type GraphFailure } from './error.ts';

const outages: Record<string, GraphFailure> = {
  'no connection': { kind: 'no-answer', message: '' },
  'a 503 without an envelope': { kind: 'no-answer', status: 503, message: '' },
  'a 500 with one': { kind: 'answer', status: 500, code: 1, message: '' },
};
const down = outages['no connection'] as GraphFailure;

function start() {
  let time = 1_000_000;
  const states: string[] = [];
  const breaker = createBreaker({ now: () => time, changed: (state) => void states.push(state) });
  let sent = 0;
  const fail = async (failure: GraphFailure): Promise<GraphFailure> =>
    breaker
      .run(async () => {
        sent++;
        throw new GraphError(failure);
      })
      .catch((cause: unknown) => (cause instanceof GraphError ? cause.failure : assert.fail()));
  return {
    states,
    fail,
    answer: () => breaker.run(async () => ++sent),
    run: breaker.run,
    sent: () => sent,
    pass(ms: number) {
      time += ms;
    },
  };
}

for (const [what, failure] of Object.entries(outages)) {
  test(`after five times ${what} in a row nothing is sent for 30 seconds, then one call goes to see`, async () => {
    const { fail, answer, sent, pass, states } = start();
    for (let i = 0; i < 5; i++) assert.equal((await fail(failure)).unsent, undefined);
    pass(29_999);
    assert.equal((await fail(failure)).unsent, true);
    await assert.rejects(answer(), GraphError);
    assert.equal(sent(), 5);
    pass(1);
    await answer();
    await answer();
    assert.deepEqual([sent(), states], [7, ['open', 'closed']]);
  });
}

test('a failed look shuts it for another 30 seconds', async () => {
  const { fail, sent, pass } = start();
  for (let i = 0; i < 5; i++) await fail(down);
  pass(30_000);
  assert.equal((await fail(down)).unsent, undefined);
  pass(29_000);
  assert.equal((await fail(down)).unsent, true);
  assert.equal(sent(), 6);
});

test('one call goes to see, not all that wait', async () => {
  const { fail, run, pass } = start();
  for (let i = 0; i < 5; i++) await fail(down);
  pass(30_000);
  let resolve = (): void => {};
  const look = run(() => new Promise<void>((done) => (resolve = done)));
  assert.equal((await fail(down)).unsent, true);
  resolve();
  await look;
  assert.equal((await fail(down)).unsent, undefined);
});

test('only failures in a row count, and a refusal is an answer', async () => {
  const { fail, answer, sent } = start();
  for (let i = 0; i < 4; i++) await fail(down);
  await answer();
  for (let i = 0; i < 4; i++) await fail(down);
  await fail({ kind: 'answer', status: 400, code: 190, message: '' });
  for (let i = 0; i < 4; i++) await fail(down);
  assert.equal(sent(), 14);
});

test('a clock that is set back keeps nothing away for longer', async () => {
  const { fail, pass } = start();
  for (let i = 0; i < 5; i++) await fail(down);
  pass(-3_600_000);
  assert.equal((await fail(down)).unsent, undefined);
});
