import assert from 'node:assert/strict';
import type { TestContext } from 'node:test';
import { test } from 'node:test';
import type { Problem } from 'whatsapp-embedded-signup/protocol';
import type { RelayOptions } from '../relay.ts';
import type { Environment } from '../settings/source.ts';
import { databaseEnv, databases } from '../test/databases.ts';
import { startHarness } from '../test/harness.ts';
import { storeOf } from '../test/rows.ts';

async function start(t: TestContext, options: Partial<RelayOptions> = {}, changes: Environment = {}) {
  const relay = await startHarness(t, changes, options);
  const store = await storeOf(t, relay);
  const events = async () =>
    (await store.selectFrom('outbox').select(['type', 'body']).execute()).map(({ type, body }) => ({
      type,
      data: JSON.parse(body).data,
    }));
  const report = (session: string, body: unknown) =>
    relay.call<Problem>('POST', '/v1/sessions/report', { session, body });
  return { relay, report, events };
}

for (const { name, skip, create } of databases) {
  test(`${name}: a signup that was left tells the backend where, once`, { skip }, async (t) => {
    const { relay, report, events } = await start(t, {}, databaseEnv(await create(t)));
    const { session } = await relay.session();
    const left = { outcome: 'cancel', step: '<PHONE_NUMBER_SETUP>' };
    assert.equal((await report(session, left)).status, 204);
    assert.equal((await report(session, left)).status, 204);
    assert.deepEqual(await events(), [
      {
        type: 'signup.cancelled',
        data: {
          portal: 'default',
          reference: null,
          onboarding: null,
          flow: 'standard',
          outcome: 'cancel',
          step: 'PHONE_NUMBER_SETUP',
          screen: 'entering the phone number',
          error: null,
        },
      },
    ]);
  });
}

test('a code from inside Meta’s window is looked up, and its message cut and never logged', async (t) => {
  const { relay, report, events } = await start(t);
  const errorMessage = `canary ${'x'.repeat(400)}`;
  for (const errorCode of ['2655093', 2655093]) {
    const { session } = await relay.session();
    const body = {
      outcome: 'error',
      errorCode,
      errorMessage,
      metaSessionId: 'f1b2',
      diagnosis: { popup: 1 },
    };
    assert.equal((await report(session, body)).status, 204);
  }
  for (const { data } of await events()) {
    const { code, message, hint, who, meta } = data.error;
    assert.deepEqual([code, who, data.diagnosis], ['2655093', 'customer', { popup: 1 }]);
    assert.match(message, /another partner/);
    assert.match(hint, /WhatsApp Business app/);
    assert.deepEqual(meta, {
      errorCode: '2655093',
      errorMessage: errorMessage.slice(0, 300),
      sessionId: 'f1b2',
    });
  }
  assert.equal((await events()).length, 2);
  assert.doesNotMatch(JSON.stringify(relay.logged), /canary/);
});

test('a code that is in no list goes out as it came', async (t) => {
  const { relay, report, events } = await start(t);
  const { session } = await relay.session();
  await report(session, { outcome: 'error', errorCode: '1', errorMessage: 'x' });
  const other = await relay.session();
  await report(other.session, { outcome: 'error', errorCode: '7654321' });
  const [, second] = await events();
  assert.deepEqual([second?.data.error.code, second?.data.error.who], ['7654321', 'Meta']);
});

test('a signup that was completed tells nothing by this way', async (t) => {
  const { relay, report, events } = await start(t);
  const { session } = await relay.session();
  assert.equal((await report(session, { outcome: 'complete' })).status, 204);
  assert.deepEqual(await events(), []);
});

test('what is no report, or from nobody, changes nothing', async (t) => {
  let time = Date.now();
  const { relay, report, events } = await start(t, { now: () => time });
  const { session } = await relay.session();
  for (const body of [
    {},
    { outcome: 'Cancel!' },
    { outcome: 'cancel', step: 7 },
    { outcome: 'cancel', code: 'AQsecret' },
    { outcome: 'cancel', errorCode: {} },
    { outcome: 'cancel', errorCode: 1.5 },
    { outcome: 'cancel', step: 'x'.repeat(101) },
    { outcome: 'cancel', diagnosis: { x: 'x'.repeat(5000) } },
    { outcome: 'cancel', step: 'a\0b' },
    [],
  ]) {
    const { status, body: problem } = await report(session, body);
    assert.deepEqual([status, problem.code], [400, 'body-invalid'], JSON.stringify(body).slice(0, 80));
  }
  assert.equal((await report('v1.x.y.z', { outcome: 'cancel' })).body.code, 'session-invalid');
  assert.equal(
    (await relay.call('POST', '/v1/sessions/report', { body: { outcome: 'cancel' } })).status,
    401,
  );
  time += 3 * 60 * 60 * 1000;
  assert.equal((await report(session, { outcome: 'cancel' })).body.code, 'session-expired');
  assert.deepEqual(await events(), []);
});
