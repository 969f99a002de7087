import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fileOf } from '../../test/file.ts';
import { startHarness } from '../../test/harness.ts';
import { createTestClock, errorOf, numberAtMeta, signUp, takeOff } from '../../test/person.ts';
import { fault, graphCalls } from '../../test/sandbox.ts';

const hour = 3_600_000;
const pin = '314159';
const isRegister = (call: string): boolean => call.endsWith('/register');

test('a number that has a PIN asks for it, and goes on from register', async (t) => {
  const relay = await startHarness(t);
  const person = await signUp(relay, 'finish', { pin });
  const asked = await person.settled();
  assert.equal(asked.status, 'action_required');
  assert.deepEqual(asked.action, { kind: 'pin', attemptsLeft: 4 });
  assert.deepEqual([asked.retryAt, asked.error], [null, null]);
  assert.deepEqual([errorOf(asked)?.code, errorOf(asked)?.meta?.code], ['pin-mismatch', 133005]);

  const done = await person.answer('pin', pin);
  assert.deepEqual([done.status, done.action], ['completed', null]);
  const calls = await graphCalls(relay.sandbox);
  assert.equal(calls.filter((call) => call.includes('subscribed_apps')).length, 1);
  assert.equal(calls.filter(isRegister).length, 2);
});

test('the customer’s PIN takes the place of the relay’s: a later onboarding needs no question', async (t) => {
  const relay = await startHarness(t);
  const person = await signUp(relay, 'finish', { pin });
  await person.settled();
  const { account } = await person.answer('pin', pin);
  await takeOff(relay, person.phoneNumberId);
  const again = await signUp(relay, 'finish', {
    wabaId: account?.wabaId ?? '',
    phoneNumberId: person.phoneNumberId,
  });
  assert.equal((await again.settled()).status, 'completed');
});

test('a relay’s own PIN is kept for the number, and a later onboarding of the portal uses it again', async (t) => {
  const relay = await startHarness(t);
  const person = await signUp(relay);
  const { account } = await person.settled();
  const first = (await numberAtMeta(relay, person.phoneNumberId)).pin;
  assert.match(first ?? '', /^\d{6}$/);
  await takeOff(relay, person.phoneNumberId);
  const again = await signUp(relay, 'finish', {
    wabaId: account?.wabaId ?? '',
    phoneNumberId: person.phoneNumberId,
  });
  assert.equal((await again.settled()).status, 'completed');
  assert.equal((await numberAtMeta(relay, person.phoneNumberId)).pin, first);
});

test('wrong PINs are counted, and the relay stops before Meta locks the number', async (t) => {
  const clock = createTestClock();
  const relay = await startHarness(t, {}, { now: clock.now, sweepEvery: 50 });
  const person = await signUp(relay, 'finish', { pin });
  await person.settled();
  for (const attemptsLeft of [3, 2, 1]) {
    // Meta would take a third guess within ten seconds for an attack.
    await clock.pass(relay, 11_000);
    const asked = await person.answer('pin', '000000');
    assert.deepEqual(asked.action, { kind: 'pin', attemptsLeft });
    assert.equal(errorOf(asked)?.code, 'pin-mismatch');
  }
  await clock.pass(relay, 11_000);
  const locked = await person.answer('pin', '000000');
  assert.deepEqual([locked.status, locked.action], ['action_required', { kind: 'pin', attemptsLeft: 0 }]);
  assert.equal(errorOf(locked)?.code, 'pin-locked');
  const wait = Date.parse(locked.retryAt ?? '') - clock.now();
  assert.ok(wait > 11.9 * hour && wait <= 12 * hour, `${wait}`);

  // What comes in the meantime is not sent, and is not lost.
  const held = await person.answer('pin', pin);
  assert.deepEqual([held.status, held.action], ['action_required', { kind: 'pin', attemptsLeft: 0 }]);
  assert.equal(held.retryAt, locked.retryAt);
  assert.equal((await graphCalls(relay.sandbox)).filter(isRegister).length, 5);
  await clock.pass(relay, 12 * hour);
  assert.equal((await relay.ended(person.session, person.id)).status, 'completed');
  const answers = (await relay.sandbox.control('journal')).filter(({ path }) => path.endsWith('/register'));
  assert.deepEqual(
    answers.map(({ status }) => status),
    [400, 400, 400, 400, 400, 200],
  );
});

test('when the lock has passed, a PIN that is known to be wrong is not tried again', async (t) => {
  const clock = createTestClock();
  const relay = await startHarness(t, {}, { now: clock.now, sweepEvery: 50 });
  const person = await signUp(relay, 'finish', { pin });
  await person.settled();
  for (const guess of ['1', '2', '3', '4']) {
    await clock.pass(relay, 11_000);
    await person.answer('pin', guess.repeat(6));
  }
  const locked = await person.settled();
  await clock.pass(relay, 12 * hour);
  const asked = await person.settled(
    ({ revision, retryAt }) => revision > locked.revision && retryAt === null,
  );
  assert.deepEqual(asked.action?.kind, 'pin');
  assert.ok((asked.action?.attemptsLeft ?? 0) > 0);
  assert.equal(asked.retryAt, null);
  assert.equal((await graphCalls(relay.sandbox)).filter(isRegister).length, 5);
  assert.equal((await person.answer('pin', pin)).status, 'completed');
});

test('a third guess within ten seconds waits until it may be sent, and goes by itself', async (t) => {
  const clock = createTestClock();
  const relay = await startHarness(t, {}, { now: clock.now, sweepEvery: 50 });
  const person = await signUp(relay, 'finish', { pin });
  await person.settled();
  await person.answer('pin', '000000');
  const held = await person.answer('pin', pin);
  assert.deepEqual([held.status, held.action], ['action_required', null]);
  assert.equal(errorOf(held)?.code, 'pin-locked');
  assert.ok(Date.parse(held.retryAt ?? '') - clock.now() <= 10_000);
  await clock.pass(relay, 10_000);
  assert.equal((await relay.ended(person.session, person.id)).status, 'completed');
});

test('resume tries again with the PIN it has, and is counted', async (t) => {
  const clock = createTestClock();
  const relay = await startHarness(t, {}, { now: clock.now });
  const person = await signUp(relay, 'finish', { pin });
  await person.settled();
  const again = await person.resume();
  assert.deepEqual(again.action, { kind: 'pin', attemptsLeft: 3 });
  assert.equal((await graphCalls(relay.sandbox)).filter(isRegister).length, 2);
});

for (const [code, wait] of [
  [133008, 12 * hour],
  [133009, 300_000],
] as const) {
  test(`Meta’s own lock, ${code}, holds the customer’s PIN until it has passed`, async (t) => {
    const clock = createTestClock();
    const relay = await startHarness(t, {}, { now: clock.now, sweepEvery: 50 });
    const person = await signUp(relay, 'finish', { pin });
    await person.settled();
    await fault(relay.sandbox, { match: { path: '*/register' }, kind: 'graph-error', code, times: 1 });
    const locked = await person.answer('pin', pin);
    assert.deepEqual(locked.action, { kind: 'pin', attemptsLeft: 0 });
    assert.deepEqual([errorOf(locked)?.code, errorOf(locked)?.meta?.code], ['pin-locked', code]);
    const left = Date.parse(locked.retryAt ?? '') - clock.now();
    assert.ok(left > wait - 5000 && left <= wait, `${left}`);
    await clock.pass(relay, wait);
    assert.equal((await relay.ended(person.session, person.id)).status, 'completed');
  });
}

test('a right PIN whose answer was lost is found by reading, sent once, and kept', async (t) => {
  const relay = await startHarness(t);
  const person = await signUp(relay, 'finish', { pin });
  await person.settled();
  await fault(relay.sandbox, { match: { path: '*/register' }, kind: 'commit-then-drop', times: 1 });
  const done = await person.answer('pin', pin);
  assert.equal(done.status, 'completed');
  assert.equal(done.steps.find(({ name }) => name === 'register')?.status, 'done');
  assert.equal((await graphCalls(relay.sandbox)).filter(isRegister).length, 2);
  assert.equal(await fileOf(relay).pin(person.phoneNumberId), pin);
});

test('a PIN that somebody typed stands nowhere unsealed, and is gone once it was used', async (t) => {
  const relay = await startHarness(t);
  const person = await signUp(relay, 'finish', { pin });
  await person.settled();
  await person.answer('pin', '271828');
  const store = fileOf(relay);
  assert.equal(store.step(person.id).input, null);
  const rows = store.dump();
  for (const secret of ['271828', pin]) assert.ok(!rows.includes(secret), secret);
  assert.doesNotMatch(JSON.stringify(relay.logged), /271828|314159/);
});
