import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Onboarding } from 'whatsapp-embedded-signup/protocol';
import { signup, startHarness } from '../test/harness.ts';
import { fault, graphCalls } from '../test/sandbox.ts';

test('a code becomes an onboarded business, in four levels of calls', async (t) => {
  const relay = await startHarness(t);
  const { session, verifier } = await relay.session();
  const finished = signup(relay.sandbox);
  const answer = await relay.redeem(session, { ...finished, verifier });
  assert.equal(answer.status, 202);
  assert.equal(answer.body.status, 'running');
  assert.match(answer.body.id, /^onb_[0-9a-f]{32}$/);

  const done = await relay.ended(session, answer.body.id);
  assert.equal(done.status, 'completed');
  assert.deepEqual(
    done.steps.map((step) => [step.name, step.status]),
    ['exchange', 'inspect', 'subscribe', 'register', 'confirm'].map((name) => [name, 'done']),
  );
  assert.equal(done.account?.wabaId, finished.ids?.wabaId);
  assert.equal(done.account?.phoneNumberId, finished.ids?.phoneNumberId);
  assert.ok(done.account?.name && done.account.displayPhoneNumber && done.account.templateNamespace);

  const calls = await graphCalls(relay.sandbox);
  assert.equal(calls.filter((call) => call.includes('/oauth/access_token')).length, 1);
  assert.equal(calls.length, 8, calls.join('\n'));
});

test('without the dialog’s message the account is found through the token', async (t) => {
  const relay = await startHarness(t);
  const { session, verifier } = await relay.session();
  const { code, ids } = signup(relay.sandbox);
  const { body } = await relay.redeem(session, { code, verifier });
  const done = await relay.ended(session, body.id);
  assert.equal(done.status, 'completed');
  assert.equal(done.account?.wabaId, ids?.wabaId);
  assert.equal(done.account?.phoneNumberId, ids?.phoneNumberId);
});

test('a message that comes after the code is used', async (t) => {
  const relay = await startHarness(t);
  const { session, verifier } = await relay.session();
  const { code, ...message } = signup(relay.sandbox);
  const { body } = await relay.redeem(session, { code, verifier });
  const started = performance.now();
  const late = await relay.call('PATCH', `/v1/onboardings/${body.id}`, { session, body: message });
  assert.equal(late.status, 200);
  const done = await relay.ended(session, body.id);
  assert.equal(done.status, 'completed');
  assert.ok(performance.now() - started < 1900, 'it did not wait the two seconds out');
});

test('a finish without a number is connected, and says that a number is needed', async (t) => {
  const relay = await startHarness(t);
  const { session, verifier } = await relay.session();
  const { body } = await relay.redeem(session, { ...signup(relay.sandbox, 'finish-no-number'), verifier });
  const done = await relay.ended(session, body.id);
  assert.equal(done.status, 'completed');
  assert.equal(done.account?.phoneNumberId, null);
  assert.equal(done.account?.messaging, 'needs-number');
  assert.equal(done.steps.find((step) => step.name === 'register')?.status, 'skipped');
});

test('an account whose own fields Meta refuses is connected all the same', async (t) => {
  const relay = await startHarness(t);
  const { session, verifier } = await relay.session();
  const finished = signup(relay.sandbox);
  const path = `*/${finished.ids?.wabaId}`;
  await fault(relay.sandbox, { match: { path, method: 'GET' }, kind: 'graph-error', code: 200, times: 1 });
  const { body } = await relay.redeem(session, { ...finished, verifier });
  const done = await relay.ended(session, body.id);
  assert.equal(done.status, 'completed');
  assert.equal(done.account?.wabaId, finished.ids?.wabaId);
});

test('ids that the customer’s token cannot read end at inspect, before anything is written at Meta', async (t) => {
  const relay = await startHarness(t);
  const other = signup(relay.sandbox);
  for (const ids of [
    other.ids,
    { ...signup(relay.sandbox).ids, phoneNumberId: other.ids?.phoneNumberId ?? '' },
  ]) {
    const { session, verifier } = await relay.session();
    const { code, event } = signup(relay.sandbox);
    const { body } = await relay.redeem(session, {
      code,
      verifier,
      ...(event && { event }),
      ...(ids && { ids }),
    });
    const done = await relay.ended(session, body.id);
    assert.equal(done.status, 'failed');
    assert.equal(done.error?.code, 'ids-not-granted');
  }
  assert.ok(!(await graphCalls(relay.sandbox)).some((call) => /subscribed_apps|register/.test(call)));
});

for (const [graphCode, code] of [
  [190, 'token-invalid'],
  [131031, 'account-locked'],
  [999999, 'meta-refused'],
] as const) {
  test(`Graph error ${graphCode} at register ends the onboarding as ${code}, with a next step`, async (t) => {
    const relay = await startHarness(t);
    await fault(relay.sandbox, { match: { path: '*/register' }, kind: 'graph-error', code: graphCode });
    const { session, onboarding } = await relay.onboard();
    const done = await relay.ended(session, onboarding.id);
    assert.equal(done.status, 'failed');
    assert.equal(done.error?.code, code);
    assert.equal(done.error?.meta?.code, graphCode);
    assert.ok(done.error?.hint);
    assert.equal((await graphCalls(relay.sandbox)).filter((call) => call.includes('/register')).length, 1);
    // A permanent failure ends its step, not its sibling.
    assert.equal(done.steps.find((step) => step.name === 'subscribe')?.status, 'done');
  });
}

for (const [what, refusal, minutes, action] of [
  ['a number that Meta still deletes', { kind: 'graph-error', code: 133015 }, 5, null],
  ['a number that Meta holds for its registrations', { kind: 'graph-error', code: 133016 }, 72 * 60, null],
  ['a display name in review', { kind: 'graph-error', code: 2388001 }, 24 * 60, null],
  [
    'a lock-out',
    { kind: 'graph-error', code: 133008, details: 'Try again in 43200 seconds.' },
    720,
    { kind: 'pin', attemptsLeft: 0 },
  ],
  ['a rate limit', { kind: 'rate-limit', code: 80008, minutes: 17 }, 17, null],
] as const) {
  test(`${what} at register waits ${minutes} minutes, then goes on by itself`, async (t) => {
    let skipped = 0;
    const now = () => Date.now() + skipped;
    const relay = await startHarness(t, {}, { now, sweepEvery: 50 });
    await fault(relay.sandbox, { match: { path: '*/register' }, ...refusal, times: 1 });
    const { session, onboarding } = await relay.onboard();
    const look = async () =>
      (await relay.call<Onboarding>('GET', `/v1/onboardings/${onboarding.id}`, { session })).body;
    let view = await look();
    while (view.status === 'running') view = await look();
    assert.deepEqual([view.status, view.action], ['action_required', action]);
    const wait = Date.parse(view.retryAt ?? '') - now();
    assert.ok(Math.abs(wait - minutes * 60_000) < 10_000, `${wait} ms`);
    skipped += wait + 1000;
    assert.equal((await relay.ended(session, onboarding.id)).status, 'completed');
  });
}

for (const kind of ['500', 'html', 'drop-before', 'commit-then-drop'] as const) {
  test(`${kind} at register is tried again, with the same PIN, and completes`, async (t) => {
    const relay = await startHarness(t);
    await fault(relay.sandbox, { match: { path: '*/register' }, kind, times: 1 });
    const { session, onboarding } = await relay.onboard();
    const done = await relay.ended(session, onboarding.id);
    assert.equal(done.status, 'completed');
    const registers = (await graphCalls(relay.sandbox)).filter((call) => call.includes('/register')).length;
    // What was done before the connection broke is seen by reading, and not done again.
    assert.equal(registers, kind === 'commit-then-drop' ? 1 : 2);
    assert.equal(
      (await graphCalls(relay.sandbox)).filter(
        (call) => call.includes('POST') && call.includes('/subscribed_apps'),
      ).length,
      1,
    );
  });
}
