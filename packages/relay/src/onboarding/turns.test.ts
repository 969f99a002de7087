import assert from 'node:assert/strict';
import { test } from 'node:test';
import { startHarness } from '../test/harness.ts';
import { signUp } from '../test/person.ts';
import { fault, graphCalls } from '../test/sandbox.ts';

const minuteMs = 60_000;
const rateLimit = (path: string) => ({
  match: { path },
  kind: 'rate-limit',
  code: 80008,
  minutes: 5,
  times: 1,
});

test('who wants to go on during a rate limit asks Meta nothing before it is over', async (t) => {
  let ahead = 0;
  const relay = await startHarness(t, {}, { now: () => Date.now() + ahead, sweepEvery: 50 });
  await fault(relay.sandbox, rateLimit('phone_numbers'));
  const person = await signUp(relay);
  const waiting = await person.settled();
  assert.equal(waiting.steps.find(({ name }) => name === 'inspect')?.error?.code, 'rate-limited');
  const before = await graphCalls(relay.sandbox);
  for (let times = 0; times < 3; times++) assert.deepEqual(await person.resume(), waiting);
  assert.deepEqual(await graphCalls(relay.sandbox), before);
  ahead = 5 * minuteMs + 1000;
  assert.equal((await relay.ended(person.session, person.id)).status, 'completed');
});

test('what has failed promises no time, and a resume does the rest as soon as it may', async (t) => {
  let ahead = 0;
  const relay = await startHarness(t, {}, { now: () => Date.now() + ahead, sweepEvery: 50 });
  await fault(relay.sandbox, rateLimit('subscribed_apps'));
  await fault(relay.sandbox, { match: { path: '/register' }, kind: 'graph-error', code: 368, times: 1 });
  const person = await signUp(relay);
  const failed = await person.settled();
  assert.deepEqual([failed.status, failed.error?.code, failed.retryAt], ['failed', 'policy-block', null]);
  const resumed = await person.resume();
  const statusOf = (step: string) => resumed.steps.find(({ name }) => name === step)?.status;
  assert.deepEqual([statusOf('register'), statusOf('subscribe')], ['done', 'action_required']);
  assert.equal(resumed.status, 'action_required');
  assert.ok(Date.parse(resumed.retryAt ?? '') > Date.now() + 4 * minuteMs);
  ahead = 5 * minuteMs + 1000;
  assert.equal((await relay.ended(person.session, person.id)).status, 'completed');
});
