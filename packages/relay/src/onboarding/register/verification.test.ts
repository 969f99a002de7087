import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Harness } from '../../test/harness.ts';
import { startHarness } from '../../test/harness.ts';
import { createTestClock, errorOf, numberAtMeta, signUp } from '../../test/person.ts';
import { fault, graphCalls } from '../../test/sandbox.ts';

const hour = 3_600_000;
const isRegister = (call: string): boolean => call.endsWith('/register');
const sentTo = async (relay: Harness, phoneNumberId: string): Promise<string> =>
  (await numberAtMeta(relay, phoneNumberId)).sentCode?.code ?? '';
const another = (code: string): string => (code === '111111' ? '222222' : '111111');
const count = async (relay: Harness, end: string): Promise<number> =>
  (await graphCalls(relay.sandbox)).filter((call) => call.endsWith(end)).length;

for (const method of ['SMS', 'VOICE'] as const) {
  test(`an unverified number is verified by ${method}, then registered by itself`, async (t) => {
    const relay = await startHarness(t);
    const person = await signUp(relay, 'finish-unverified');
    const asked = await person.settled();
    assert.equal(asked.status, 'action_required');
    assert.equal(asked.action?.kind, 'verification_method');
    assert.deepEqual(
      asked.action?.choices?.map(({ id }) => id),
      ['SMS', 'VOICE'],
    );
    assert.equal(errorOf(asked)?.code, 'number-not-verified');
    assert.equal(await count(relay, '/register'), 0);

    const awaited = await person.answer('verification_method', method);
    assert.deepEqual(awaited.action, { kind: 'verification_code' });
    assert.equal((await numberAtMeta(relay, person.phoneNumberId)).sentCode?.method, method);
    const code = await sentTo(relay, person.phoneNumberId);
    const done = await person.answer('verification_code', `${code.slice(0, 3)}-${code.slice(3)}`);
    assert.equal(done.status, 'completed');
    assert.equal((await numberAtMeta(relay, person.phoneNumberId)).registered, true);
    assert.deepEqual([await count(relay, '/verify_code'), await count(relay, '/register')], [1, 1]);
  });
}

test('a wrong code is asked for again, and a spent one makes room for another', async (t) => {
  const relay = await startHarness(t);
  const person = await signUp(relay, 'finish-unverified');
  await person.settled();
  await person.answer('verification_method', 'SMS');
  const code = await sentTo(relay, person.phoneNumberId);
  for (const attemptsLeft of [4, 3, 2, 1]) {
    const asked = await person.answer('verification_code', another(code));
    assert.deepEqual(asked.action, { kind: 'verification_code', attemptsLeft });
    assert.deepEqual([errorOf(asked)?.code, errorOf(asked)?.meta?.code], ['verification-code-wrong', 136025]);
  }
  const spent = await person.answer('verification_code', another(code));
  assert.equal(spent.action?.kind, 'verification_method');
  assert.equal(errorOf(spent)?.code, 'verification-code-wrong');
  await person.answer('verification_method', 'VOICE');
  const done = await person.answer('verification_code', await sentTo(relay, person.phoneNumberId));
  assert.equal(done.status, 'completed');
});

test('while a code is awaited another can be sent, and the newest counts', async (t) => {
  const relay = await startHarness(t);
  const person = await signUp(relay, 'finish-unverified');
  await person.settled();
  await person.answer('verification_method', 'SMS');
  const first = await sentTo(relay, person.phoneNumberId);
  await person.answer('verification_code', another(first));
  const again = await person.answer('verification_method', 'VOICE');
  assert.deepEqual(again.action, { kind: 'verification_code' });
  assert.equal(await count(relay, '/request_code'), 2);
  const done = await person.answer('verification_code', await sentTo(relay, person.phoneNumberId));
  assert.equal(done.status, 'completed');
});

test('resume asks the same question again, and sends nothing', async (t) => {
  const relay = await startHarness(t);
  const person = await signUp(relay, 'finish-unverified');
  const asked = await person.settled();
  assert.deepEqual((await person.resume()).action, asked.action);
  const awaited = await person.answer('verification_method', 'SMS');
  assert.deepEqual((await person.resume()).action, awaited.action);
  assert.deepEqual([await count(relay, '/request_code'), await count(relay, '/register')], [1, 0]);
});

test('too many codes: the wish waits for its time, and the code that came can be entered', async (t) => {
  const clock = createTestClock();
  const relay = await startHarness(t, {}, { now: clock.now, sweepEvery: 50 });
  const person = await signUp(relay, 'finish-unverified');
  await person.settled();
  for (let sent = 0; sent < 5; sent++) await person.answer('verification_method', 'SMS');
  const held = await person.answer('verification_method', 'SMS');
  assert.equal(errorOf(held)?.code, 'verification-code-limit');
  assert.deepEqual(held.action, { kind: 'verification_code' });
  const wait = Date.parse(held.retryAt ?? '') - clock.now();
  assert.ok(wait > 0.9 * hour && wait <= hour, `${wait}`);
  // Asking once more does not ask Meta.
  assert.equal((await person.answer('verification_method', 'VOICE')).retryAt, held.retryAt);
  assert.equal(await count(relay, '/request_code'), 6);

  await clock.pass(relay, hour);
  const asked = await person.settled(({ retryAt }) => retryAt === null);
  assert.deepEqual(asked.action, { kind: 'verification_code' });
  assert.equal((await numberAtMeta(relay, person.phoneNumberId)).sentCode?.method, 'VOICE');
  const done = await person.answer('verification_code', await sentTo(relay, person.phoneNumberId));
  assert.equal(done.status, 'completed');
});

test('a code that worked without its answer getting through is not handed in twice', async (t) => {
  const relay = await startHarness(t);
  const person = await signUp(relay, 'finish-unverified');
  await person.settled();
  await person.answer('verification_method', 'SMS');
  await fault(relay.sandbox, { match: { path: '*/verify_code' }, kind: 'commit-then-drop', times: 1 });
  const done = await person.answer('verification_code', await sentTo(relay, person.phoneNumberId));
  assert.equal(done.status, 'completed');
  assert.equal(await count(relay, '/verify_code'), 1);
});

test('a number that Meta calls verified goes on to register, whatever else it says of it', async (t) => {
  const relay = await startHarness(t);
  const person = await signUp(relay, 'finish-unverified');
  await person.settled();
  await fault(relay.sandbox, {
    match: { path: '*/request_code' },
    kind: 'graph-error',
    code: 136024,
    subcode: 2388091,
    times: 1,
  });
  const refused = await person.answer('verification_method', 'SMS');
  assert.equal(refused.action?.kind, 'verification_method');
  assert.deepEqual([errorOf(refused)?.code, errorOf(refused)?.meta?.code], ['number-not-verified', 133006]);
});

test('Meta refuses to register a number as unverified: it is verified, and registered', async (t) => {
  const relay = await startHarness(t);
  await fault(relay.sandbox, { match: { path: '*/register' }, kind: 'graph-error', code: 133006, times: 1 });
  const person = await signUp(relay);
  const asked = await person.settled();
  assert.equal(asked.action?.kind, 'verification_method');
  assert.equal(errorOf(asked)?.meta?.code, 133006);
  // The sandbox says 136024 of a number that is verified already.
  const done = await person.answer('verification_method', 'SMS');
  assert.equal(done.status, 'completed');
  assert.equal(await count(relay, '/request_code'), 1);
  assert.equal((await graphCalls(relay.sandbox)).filter(isRegister).length, 2);
});

test('a rate limit while a code is asked for keeps the wish, and the window of the signup', async (t) => {
  const clock = createTestClock();
  const relay = await startHarness(t, {}, { now: clock.now, sweepEvery: 50 });
  const person = await signUp(relay, 'finish-unverified');
  await person.settled();
  await fault(relay.sandbox, {
    match: { path: '*/request_code' },
    kind: 'rate-limit',
    code: 80008,
    minutes: 17,
    times: 1,
  });
  const held = await person.answer('verification_method', 'VOICE');
  const minutes = (Date.parse(held.retryAt ?? '') - clock.now()) / 60_000;
  assert.deepEqual([errorOf(held)?.code, held.action, Math.round(minutes)], ['rate-limited', null, 17]);
  await clock.pass(relay, 17 * 60_000);
  const awaited = await person.settled(({ action }) => action !== null);
  assert.deepEqual(awaited.action, { kind: 'verification_code' });
});
