import assert from 'node:assert/strict';
import type { TestContext } from 'node:test';
import { test } from 'node:test';
import type { Action, Onboarding, Problem, StepName } from 'whatsapp-embedded-signup/protocol';
import type { Store } from '../store/store.ts';
import type { CallOptions, Harness } from '../test/harness.ts';
import { startHarness } from '../test/harness.ts';
import { ask, everyRow, storeOf } from '../test/rows.ts';

const key = 'portal-key';

interface Waiting {
  relay: Harness;
  store: Store;
  session: string;
  path: string;
  id: string;
}

/** An onboarding that waits for an answer. */
async function waiting(t: TestContext, step: StepName, action: Action): Promise<Waiting> {
  const relay = await startHarness(t, { RELAY_API_KEY: key });
  const { session, onboarding } = await relay.onboard();
  await relay.ended(session, onboarding.id);
  const store = await storeOf(t, relay);
  await ask(store, onboarding.id, step, action);
  return { relay, store, session, id: onboarding.id, path: `/v1/onboardings/${onboarding.id}` };
}

async function refused(relay: Harness, path: string, options: CallOptions, expected: string): Promise<void> {
  const { status, body } = await relay.call<Problem>('POST', path, options);
  assert.equal(`${status} ${body.code}`, expected, JSON.stringify(options));
}

test('an answer is taken from the page and from the backend, and the onboarding goes on', async (t) => {
  const { relay, store, session, id, path } = await waiting(t, 'register', { kind: 'pin', attemptsLeft: 4 });
  const asked = await relay.call<Onboarding>('GET', path, { session });
  assert.deepEqual(asked.body.action, { kind: 'pin', attemptsLeft: 4 });
  for (const who of [{ session }, { key }]) {
    await ask(store, id, 'register', { kind: 'pin' });
    const body = { kind: 'pin', value: '123456' };
    const answer = await relay.call<Onboarding>('POST', `${path}/input`, { ...who, body });
    assert.equal(answer.status, 202);
    assert.deepEqual([answer.body.id, answer.body.action], [id, null]);
    assert.equal((await relay.ended(session, id)).status, 'completed');
  }
});

test('an answer that is wrong, of another kind or nobody’s to give changes nothing', async (t) => {
  const { relay, store, session, path } = await waiting(t, 'register', { kind: 'pin' });
  const before = await everyRow(store);
  for (const [body, expected] of [
    [{ kind: 'waba', value: '1' }, '409 input-unexpected'],
    [{ kind: 'verification_code', value: '123456' }, '409 input-unexpected'],
    [{ kind: 'pin', value: '12345' }, '400 input-invalid'],
    [{ kind: 'pin', value: 'abcdef' }, '400 input-invalid'],
    [{ kind: 'pin', value: true }, '400 input-invalid'],
    [{ kind: 'pin', value: 123456 }, '400 body-invalid'],
    [{ kind: 'pin', value: '' }, '400 body-invalid'],
    [{ kind: 'pin' }, '400 body-invalid'],
    [{ kind: 'password', value: '123456' }, '400 body-invalid'],
    [{ kind: 'pin', value: '123456', also: 1 }, '400 body-invalid'],
    [[], '400 body-invalid'],
    ['{', '400 body-not-json'],
    [{ kind: 'transfer', value: true }, '403 portal-key-required'],
    [{ kind: 'credit', value: true }, '403 portal-key-required'],
  ] as const) {
    await refused(relay, `${path}/input`, { session, body }, expected);
  }
  const headers = { 'content-type': 'text/plain' };
  const body = '{"kind":"pin","value":"123456"}';
  await refused(relay, `${path}/input`, { session, body, headers }, '415 content-type-unsupported');
  await refused(
    relay,
    `${path}/input`,
    { key, body: { kind: 'transfer', value: true } },
    '409 input-unexpected',
  );
  assert.deepEqual(await everyRow(store), before);
});

for (const [step, kind] of [
  ['inspect', 'transfer'],
  ['share_credit', 'credit'],
] as const) {
  test(`only the backend says yes to ${kind}`, async (t) => {
    const { relay, store, session, path, id } = await waiting(t, 'inspect', { kind: 'transfer' });
    if (step === 'share_credit') {
      await store.updateTable('step').set({ name: step }).where('name', '=', 'inspect').execute();
      await ask(store, id, step, { kind });
    }
    const before = await everyRow(store);
    const body = { kind, value: true };
    await refused(relay, `${path}/input`, { session, body }, '403 portal-key-required');
    await refused(relay, `${path}/input`, { key, body: { kind, value: 'perhaps' } }, '400 input-invalid');
    assert.deepEqual(await everyRow(store), before);
    assert.equal((await relay.call('POST', `${path}/input`, { key, body })).status, 202);
  });
}

test('a choice must be one of the choices', async (t) => {
  const choices = [
    { id: '10', label: 'One' },
    { id: '11', label: 'Other' },
  ];
  const { relay, store, session, path } = await waiting(t, 'inspect', { kind: 'waba', choices });
  const before = await everyRow(store);
  await refused(
    relay,
    `${path}/input`,
    { session, body: { kind: 'waba', value: '12' } },
    '400 input-invalid',
  );
  assert.deepEqual(await everyRow(store), before);
  const body = { kind: 'waba', value: '11' };
  assert.equal((await relay.call('POST', `${path}/input`, { session, body })).status, 202);
});

test('of two answers at once one is taken', async (t) => {
  const { relay, store, session, id, path } = await waiting(t, 'register', { kind: 'pin' });
  const before = await store.selectFrom('onboarding').select('generation').executeTakeFirstOrThrow();
  const body = { kind: 'pin', value: '123456' };
  const answers = await Promise.all(
    Array.from({ length: 10 }, () => relay.call('POST', `${path}/input`, { session, body })),
  );
  assert.deepEqual(answers.map(({ status }) => status).sort(), [
    202,
    ...Array.from({ length: 9 }, () => 409),
  ]);
  await relay.ended(session, id);
  const after = await store.selectFrom('onboarding').select('generation').executeTakeFirstOrThrow();
  assert.equal(after.generation, before.generation + 1);
});

test('a wish to go on is heard from the page and from the backend, and harms nothing that is complete', async (t) => {
  const { relay, store, session, path, id } = await waiting(t, 'register', { kind: 'pin' });
  for (const who of [{ session }, { key }]) {
    await ask(store, id, 'register', { kind: 'pin' });
    const answer = await relay.call<Onboarding>('POST', `${path}/resume`, who);
    assert.deepEqual([answer.status, answer.body.action], [202, null]);
    assert.equal((await relay.ended(session, id)).status, 'completed');
  }
  const before = await everyRow(store);
  const again = await relay.call<Onboarding>('POST', `${path}/resume`, { session });
  assert.deepEqual([again.status, again.body.status], [202, 'completed']);
  assert.deepEqual(await everyRow(store), before);
});

test('an onboarding that never got its access cannot go on', async (t) => {
  const relay = await startHarness(t);
  const { session, verifier } = await relay.session();
  const failed = await relay.call<Problem>('POST', '/v1/onboardings', {
    session,
    body: { code: 'x', verifier },
  });
  const path = `/v1/onboardings/${failed.body.onboarding}/resume`;
  await refused(relay, path, { session }, '409 onboarding-not-resumable');
});
