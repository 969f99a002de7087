import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Onboarding } from 'whatsapp-embedded-signup/protocol';
import type { Harness } from '../test/harness.ts';
import { origin, startHarness } from '../test/harness.ts';
import { ask, storeOf } from '../test/rows.ts';
import { fault } from '../test/sandbox.ts';

interface Received {
  id: string;
  event: string;
  data: Onboarding;
}

/** Reads an event stream to its end. */
async function read(
  relay: Harness,
  session: string,
  id: string,
  lastEventId?: number | string,
): Promise<Received[]> {
  const response = await fetch(`${relay.relay.url}/v1/onboardings/${id}/events`, {
    headers: {
      origin,
      authorization: `Bearer ${session}`,
      ...(lastEventId !== undefined && { 'last-event-id': String(lastEventId) }),
    },
  });
  assert.match(response.headers.get('content-type') ?? '', /^text\/event-stream/);
  assert.equal(response.headers.get('x-accel-buffering'), 'no');
  const blocks = (await response.text()).split('\n\n').filter((block) => block.includes('data:'));
  return blocks.map((block) => {
    const field = (name: string) => new RegExp(`^${name}: ?(.*)$`, 'm').exec(block)?.[1] ?? '';
    return { id: field('id'), event: field('event'), data: JSON.parse(field('data')) as Onboarding };
  });
}

test('the stream shows each step as it happens and ends with the onboarding', async (t) => {
  const relay = await startHarness(t);
  await fault(relay.sandbox, { match: { path: '*' }, kind: 'latency', ms: 50 });
  const { session, onboarding } = await relay.onboard();
  const events = await read(relay, session, onboarding.id);
  assert.ok(
    events.every((event) => event.event === 'onboarding' && event.id === String(event.data.revision)),
  );
  const revisions = events.map((event) => event.data.revision);
  assert.deepEqual(
    revisions,
    [...revisions].sort((a, b) => a - b),
  );
  const running = events.map(({ data }) => data.steps.find((step) => step.status === 'running')?.name);
  assert.ok(running.includes('inspect') && running.includes('confirm'), running.join());
  assert.equal(events.at(-1)?.data.status, 'completed');
});

test('the stream goes on while an answer is awaited, and shows what comes of it', async (t) => {
  const relay = await startHarness(t);
  const { session, onboarding } = await relay.onboard();
  await relay.ended(session, onboarding.id);
  await ask(await storeOf(t, relay), onboarding.id, 'register', { kind: 'pin' });
  const path = `/v1/onboardings/${onboarding.id}`;
  const response = await fetch(`${relay.relay.url}${path}/events`, {
    headers: { origin, authorization: `Bearer ${session}` },
  });
  const texts = response.body?.pipeThrough(new TextDecoderStream());
  let seen = '';
  let answered = false;
  for await (const text of texts ?? []) {
    seen += text;
    if (answered || !seen.includes('"status":"action_required","steps"')) continue;
    answered = true;
    const body = { kind: 'pin', value: '123456' };
    assert.equal((await relay.call('POST', `${path}/input`, { session, body })).status, 202);
  }
  assert.ok(answered);
  assert.match(seen.split('"revision"').at(-1) ?? '', /"status":"completed"/);
});

test('a reconnecting page gets what it has not seen, and nothing twice', async (t) => {
  const relay = await startHarness(t);
  const { session, onboarding } = await relay.onboard();
  const done = await relay.ended(session, onboarding.id);
  assert.deepEqual(await read(relay, session, onboarding.id, done.revision), []);
  const [last, ...more] = await read(relay, session, onboarding.id, done.revision - 1);
  assert.equal(last?.data.status, 'completed');
  assert.deepEqual(more, []);
});

for (const id of ['999', 'abc', '-5', '1e3', '0x2', 'Infinity', '9'.repeat(400)]) {
  test(`a Last-Event-ID that this relay never sent, ${id.slice(0, 10)}, still gets the state`, async (t) => {
    const relay = await startHarness(t);
    const { session, onboarding } = await relay.onboard();
    await relay.ended(session, onboarding.id);
    const [last, ...more] = await read(relay, session, onboarding.id, id);
    assert.equal(last?.data.status, 'completed');
    assert.deepEqual(more, []);
  });
}

test('HEAD of a stream answers, and looks at nothing afterwards', async (t) => {
  const relay = await startHarness(t);
  await fault(relay.sandbox, { match: { path: '*/register' }, kind: 'latency', ms: 1500 });
  const { session, onboarding } = await relay.onboard();
  const timers = () => process.getActiveResourcesInfo().filter((name) => name === 'Timeout').length;
  const before = timers();
  for (let i = 0; i < 20; i++) {
    const path = `/v1/onboardings/${onboarding.id}/events`;
    assert.equal((await relay.call('HEAD', path, { session })).status, 200);
  }
  assert.ok(timers() < before + 10);
});

test('a relay that stops ends its streams', async (t) => {
  const relay = await startHarness(t);
  await fault(relay.sandbox, { match: { path: '*/register' }, kind: 'latency', ms: 1500 });
  const { session, onboarding } = await relay.onboard();
  const stream = read(relay, session, onboarding.id);
  await new Promise((resolve) => setTimeout(resolve, 200));
  await relay.restart();
  assert.notEqual((await stream).at(-1)?.data.status, 'failed');
  assert.equal((await relay.ended(session, onboarding.id)).status, 'completed');
});
