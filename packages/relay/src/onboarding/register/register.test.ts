import assert from 'node:assert/strict';
import { test } from 'node:test';
import { claims, graphError, number, startFakeGraph } from '../../test/fake-graph.ts';
import { fileOf } from '../../test/file.ts';
import { startHarness } from '../../test/harness.ts';
import { createTestClock, errorOf, numberAtMeta, personOf, signUp } from '../../test/person.ts';
import { fault, graphCalls } from '../../test/sandbox.ts';

const day = 24 * 3_600_000;
const request = { code: 'a-code', ...claims };
const stepOf = (view: { steps: { name: string; status: string }[] }): string | undefined =>
  view.steps.find(({ name }) => name === 'register')?.status;

test('the data region of the settings goes into register', async (t) => {
  const relay = await startHarness(t, { RELAY_DATA_REGION: 'DE' });
  const person = await signUp(relay);
  assert.equal((await person.settled()).status, 'completed');
  assert.equal((await numberAtMeta(relay, person.phoneNumberId)).dataRegion, 'DE');
});

test('a number that works already is left alone', async (t) => {
  const relay = await startHarness(t);
  const person = await signUp(relay, 'finish', { registered: true, pin: '314159' });
  const done = await person.settled();
  assert.deepEqual([done.status, stepOf(done)], ['completed', 'skipped']);
  assert.ok(!(await graphCalls(relay.sandbox)).some((call) => call.endsWith('/register')));
});

test('a number that came to work while its PIN was asked for is left alone, and the PIN is not kept', async (t) => {
  const graph = await startFakeGraph(t);
  graph.on('POST /20001/register', graphError(133005));
  const relay = await startHarness(t, graph.env);
  const { session, onboarding } = await relay.onboard(request);
  const person = personOf(relay, session, onboarding.id, '20001');
  assert.equal((await person.settled()).action?.kind, 'pin');
  const own = await fileOf(relay).pin('20001');
  graph.on('GET /20001', { json: { ...number, status: 'CONNECTED', platform_type: 'CLOUD_API' } });
  const done = await person.answer('pin', '314159');
  assert.deepEqual([done.status, stepOf(done)], ['completed', 'skipped']);
  assert.equal(graph.count('POST /20001/register'), 1);
  assert.equal(await fileOf(relay).pin('20001'), own);
});

test('a number without a status counts as not connected', async (t) => {
  const graph = await startFakeGraph(t);
  const { status: _, ...bare } = number;
  graph.on('GET /10001/phone_numbers', { json: { data: [bare] } });
  const relay = await startHarness(t, graph.env);
  const { session, onboarding } = await relay.onboard(request);
  assert.equal(stepOf(await relay.ended(session, onboarding.id)), 'done');
  assert.equal(graph.count('POST /20001/register'), 1);
});

test('what an earlier deregistration left half done is ended first', async (t) => {
  for (const answer of [{ json: { success: true } }, graphError(100, { error_subcode: 2207051 })]) {
    const graph = await startFakeGraph(t);
    graph.on('POST /20001/register', (turn) =>
      turn === 1 ? graphError(133000) : { json: { success: true } },
    );
    graph.on('POST /20001/deregister', answer);
    const relay = await startHarness(t, graph.env);
    const { session, onboarding } = await relay.onboard(request);
    assert.equal((await relay.ended(session, onboarding.id)).status, 'completed');
    assert.deepEqual(
      graph.calls.filter((call) => /register/.test(call)),
      ['POST /20001/register', 'POST /20001/deregister', 'POST /20001/register'],
    );
    // All three count against Meta's ten.
    assert.equal(fileOf(relay).all('SELECT id FROM registration').length, 3);
  }
});

test('a deregistration that never comes to its end ends the step, and says so', async (t) => {
  const graph = await startFakeGraph(t);
  graph.on('POST /20001/register', graphError(133000));
  graph.on('POST /20001/deregister', { json: { success: true } });
  const relay = await startHarness(t, graph.env);
  const { session, onboarding } = await relay.onboard(request);
  const done = await relay.ended(session, onboarding.id);
  assert.deepEqual([done.status, done.error?.code], ['failed', 'number-deregistering']);
  assert.equal(graph.count('POST /20001/register'), 2);
});

test('a display name that is in review for a week costs no try, and is registered then', async (t) => {
  const clock = createTestClock();
  const relay = await startHarness(t, {}, { now: clock.now, sweepEvery: 50 });
  await fault(relay.sandbox, { match: { path: '*/register' }, kind: 'graph-error', code: 2388001, times: 7 });
  const person = await signUp(relay);
  let view = await person.settled();
  for (let night = 1; night < 7; night++) {
    assert.deepEqual([errorOf(view)?.code, view.status], ['display-name-in-review', 'action_required']);
    const { revision } = view;
    await clock.pass(relay, day);
    view = await person.settled((next) => next.revision > revision && next.retryAt !== null);
  }
  await clock.pass(relay, day);
  assert.equal((await relay.ended(person.session, person.id)).status, 'completed');
});

test('fourteen days after the signup a number that still waits is given up, and nothing is sent', async (t) => {
  const clock = createTestClock();
  const relay = await startHarness(t, {}, { now: clock.now, sweepEvery: 50 });
  const person = await signUp(relay, 'finish', { pin: '314159' });
  const asked = await person.settled();
  const exchange = asked.steps.find(({ name }) => name === 'exchange')?.endedAt ?? '';
  const at = Date.parse(exchange) + 14 * day;
  assert.deepEqual(
    fileOf(relay)
      .all('SELECT step, at, warn_at FROM deadline')
      .map((row) => ({ ...row })),
    [{ step: 'register', at, warn_at: at - day }],
  );
  const before = (await graphCalls(relay.sandbox)).length;
  await clock.pass(relay, 14 * day);
  const done = await relay.ended(person.session, person.id);
  assert.deepEqual([done.status, done.error?.code, done.action], ['failed', 'signup-too-old', null]);
  const after = (await graphCalls(relay.sandbox)).slice(before);
  assert.deepEqual(after, [`GET /v26.0/${person.phoneNumberId}`]);
  assert.equal(stepOf(await person.resume()), 'failed');
  assert.ok(!(await graphCalls(relay.sandbox)).slice(before).some((call) => call.startsWith('POST')));
});

test('a day before that the site’s backend is told, once', async (t) => {
  const clock = createTestClock();
  const relay = await startHarness(t, {}, { now: clock.now, sweepEvery: 50 });
  const person = await signUp(relay, 'finish', { pin: '314159' });
  const asked = await person.settled();
  await clock.pass(relay, 13 * day);
  const told = () =>
    fileOf(relay)
      .all(`SELECT body FROM outbox WHERE type = 'onboarding.action_required'`)
      .map(({ body }) => JSON.parse(String(body)).data)
      .filter(({ deadline }) => deadline);
  for (const until = Date.now() + 5000; told().length === 0 && Date.now() < until; ) {
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  const [event, ...others] = told();
  assert.deepEqual(others, []);
  assert.equal(event.deadline.step, 'register');
  assert.equal(event.onboarding.id, asked.id);
});
