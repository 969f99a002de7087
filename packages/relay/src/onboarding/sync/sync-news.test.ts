import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import type { TestContext } from 'node:test';
import { test } from 'node:test';
import fc from 'fast-check';
import type { Onboarding, SyncProgress } from 'whatsapp-embedded-signup/protocol';
import { createHub } from '../../hub.ts';
import type { Environment } from '../../settings/source.ts';
import { onboardFromApp, startCoexistence } from '../../test/coexistence.ts';
import { databaseEnv, databases } from '../../test/databases.ts';
import type { Harness } from '../../test/harness.ts';
import { signup } from '../../test/harness.ts';
import { storeOf } from '../../test/rows.ts';
import { createNoteSync, readSyncNews } from './sync-news.ts';

interface Change {
  field: string;
  value: unknown;
}

/** What Meta sends to the app's callback from now on. */
async function listen(t: TestContext, relay: Harness): Promise<Change[]> {
  const changes: Change[] = [];
  const receiver = createServer(async (request, response) => {
    const challenge = new URL(request.url ?? '', 'http://receiver').searchParams.get('hub.challenge');
    if (challenge !== null) return response.end(challenge);
    changes.push(JSON.parse(await text(request)).entry[0].changes[0]);
    response.end();
  });
  await new Promise<void>((resolve) => receiver.listen(0, '127.0.0.1', resolve));
  t.after(() => receiver.close());
  const { graphUrl, appId, appSecret, webhookVerifyToken } = relay.sandbox.credentials;
  const answer = await fetch(`${graphUrl}/v26.0/${appId}/subscriptions`, {
    method: 'POST',
    body: new URLSearchParams({
      object: 'whatsapp_business_account',
      callback_url: `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/`,
      verify_token: webhookVerifyToken,
      fields: 'history,smb_app_state_sync',
      access_token: `${appId}|${appSecret}`,
    }),
  });
  assert.equal(answer.status, 200);
  return changes;
}

/** An onboarding with a number of the app, and what takes its news in. */
async function begin(t: TestContext, data: { historyDeclined?: boolean } = {}, env: Environment = {}) {
  const relay = await startCoexistence(t, {}, env);
  const changes = await listen(t, relay);
  const { session, onboarding } = await onboardFromApp(relay, signup(relay.sandbox, 'coexistence', data));
  const done = await relay.ended(session, onboarding.id);
  const store = await storeOf(t, relay);
  return {
    relay,
    changes,
    phoneNumberId: done.account?.phoneNumberId ?? '',
    note: createNoteSync({ store, hub: createHub(), now: Date.now }),
    read: async () =>
      (await relay.call<Onboarding>('GET', `/v1/onboardings/${onboarding.id}`, { session })).body,
    told: () =>
      store
        .selectFrom('outbox')
        .select('body')
        .where('type', '=', 'sync.progress')
        .execute()
        .then((rows) => rows.map(({ body }) => JSON.parse(body)))
        .then((events) => events.sort((a, b) => a.data.onboarding.revision - b.data.onboarding.revision)),
  };
}

const progressOf = ({ steps }: Onboarding, name: string) =>
  steps.find((step) => step.name === name)?.progress;

test('what Meta’s webhooks say is stored, raises the revision, and is told to the backend', async (t) => {
  const { relay, changes, note, read, told } = await begin(t);
  await relay.sandbox.control('clock', { advanceMs: 24 * 60 * 60 * 1000 });
  const before = await read();
  const news = changes.flatMap(({ field, value }) => readSyncNews(field, value) ?? []);
  assert.equal(news.filter(({ step }) => step === 'sync_contacts').length, 1);
  for (const each of news) assert.equal(await note(each), true);
  const after = await read();
  assert.deepEqual(progressOf(after, 'sync_contacts'), { percent: 100 });
  assert.deepEqual(progressOf(after, 'sync_history'), { phase: 2, percent: 100 });
  assert.equal(after.revision, before.revision + news.length);
  assert.equal(after.status, 'completed');
  const events = await told();
  assert.equal(events.length, news.length);
  assert.deepEqual(events.at(-1).data, { portal: 'default', reference: null, onboarding: after });
});

test('a history that the customer keeps is ordinary: the step stays done', async (t) => {
  const { relay, changes, note, read } = await begin(t, { historyDeclined: true });
  await relay.sandbox.control('clock', { advanceMs: 60 * 60 * 1000 });
  for (const { field, value } of changes) {
    const news = readSyncNews(field, value);
    if (news) await note(news);
  }
  const step = (await read()).steps.find(({ name }) => name === 'sync_history');
  assert.deepEqual([step?.status, step?.progress], ['done', { declined: true }]);
});

for (const { name, skip, create } of databases) {
  test(`repeated and reordered news never take progress back, on ${name}`, { skip }, async (t) => {
    const { phoneNumberId, note, read, told } = await begin(t, {}, databaseEnv(await create(t)));
    const tell = (progress: SyncProgress) => note({ phoneNumberId, step: 'sync_history', progress });
    assert.equal(await tell({ phase: 1, percent: 60 }), true);
    const before = await read();
    for (const old of [{ phase: 1, percent: 60 }, { phase: 0, percent: 20 }, { percent: 60 }, {}]) {
      assert.equal(await tell(old), false, JSON.stringify(old));
    }
    assert.deepEqual(await read(), before);
    assert.equal((await told()).length, 1);
    // Four processes take the same delivery in.
    const news = { phase: 0, percent: 70 };
    const taken = await Promise.all([tell(news), tell(news), tell(news), tell(news)]);
    assert.equal(taken.filter(Boolean).length, 1);
    assert.deepEqual(progressOf(await read(), 'sync_history'), { phase: 1, percent: 70 });
  });
}

test('news of a number that no onboarding asked for change nothing', async (t) => {
  const { note, read, told } = await begin(t);
  const before = await read();
  assert.equal(await note({ phoneNumberId: '999', step: 'sync_history', progress: { percent: 5 } }), false);
  assert.deepEqual([await read(), await told()], [before, []]);
});

test('whatever a delivery holds, only measures in their bounds are read from it', () => {
  const metadata = { phone_number_id: '20001' };
  const chunk = (values: unknown) => ({ metadata, history: [{ metadata: values }] });
  for (const odd of [{ phase: 3 }, { progress: 101 }, { progress: -1 }, { progress: '5' }, null, 'x']) {
    assert.equal(readSyncNews('history', chunk(odd)), null, JSON.stringify(odd));
  }
  assert.equal(readSyncNews('history', { metadata: { phone_number_id: '../1' }, history: [] }), null);
  assert.equal(readSyncNews('history', { metadata, messages: [{ id: 'media' }] }), null);
  assert.equal(readSyncNews('smb_app_state_sync', { metadata, state_sync: [] }), null);
  assert.equal(readSyncNews('messages', chunk({ progress: 5 })), null);
  fc.assert(
    fc.property(fc.constantFrom('history', 'smb_app_state_sync'), fc.jsonValue(), (field, value) => {
      readSyncNews(field, value);
    }),
  );
});
