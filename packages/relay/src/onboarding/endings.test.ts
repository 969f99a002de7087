import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { FlowName, Onboarding, RedeemRequest } from 'whatsapp-embedded-signup/protocol';
import type { CodeOutcome } from 'whatsapp-embedded-signup-sandbox';
import { connect, startSite } from '../test/customers.ts';
import { type Harness, signup } from '../test/harness.ts';
import { graphCalls } from '../test/sandbox.ts';

const stepsOf = ({ steps }: Onboarding) =>
  Object.fromEntries(steps.map(({ name, status }) => [name, status]));

/** What was written at Meta, by the last part of its path. */
async function written(relay: Harness): Promise<string[]> {
  const posts = (await graphCalls(relay.sandbox)).filter((call) => call.startsWith('POST '));
  return posts.map((call) => call.split('/').at(-1) ?? '').filter((edge) => edge !== 'access_token');
}

const registered = ['register', 'subscribed_apps'];
const onlySubscribed = ['subscribed_apps'];

for (const [outcome, flow, number, writes] of [
  ['finish', 'standard', true, registered],
  ['finish-no-number', 'standard', false, onlySubscribed],
  ['only-waba', 'standard', false, onlySubscribed],
  ['obo-migration', 'standard', true, registered],
  ['app-only', 'app-only', true, registered],
] as [CodeOutcome, FlowName, boolean, string[]][]) {
  test(`${outcome} completes ${number ? 'with' : 'without'} its number`, async (t) => {
    const relay = await startSite(t);
    const finished = signup(relay.sandbox, outcome);
    const done = await (await connect(relay, { flow }, finished)).rested();
    assert.equal(done.status, 'completed', JSON.stringify(done.error));
    assert.equal(done.account?.wabaId, finished.ids?.wabaId);
    assert.equal(done.account?.phoneNumberId, number ? finished.ids?.phoneNumberId : null);
    assert.equal(stepsOf(done).register, number ? 'done' : 'skipped');
    assert.deepEqual((await written(relay)).sort(), writes);
  });
}

test('an unverified number is found, and not registered', async (t) => {
  const relay = await startSite(t);
  const finished = signup(relay.sandbox, 'finish-unverified');
  const rested = await (await connect(relay, {}, finished)).rested();
  assert.equal(rested.account?.phoneNumberId, finished.ids?.phoneNumberId);
  assert.equal(stepsOf(rested).inspect, 'done');
  assert.deepEqual(await written(relay), onlySubscribed);
});

test('coexistence names the account alone: the number is found, and never registered', async (t) => {
  const relay = await startSite(t);
  const finished = signup(relay.sandbox, 'coexistence');
  assert.deepEqual(Object.keys(finished.ids ?? {}), ['wabaId']);
  const done = await (await connect(relay, { flow: 'coexistence' }, finished)).rested();
  assert.equal(done.status, 'completed', JSON.stringify(done.error));
  assert.ok(done.account?.phoneNumberId);
  assert.equal(stepsOf(done).register, 'skipped');
  assert.ok('sync_contacts' in stepsOf(done) && 'sync_history' in stepsOf(done));
  assert.ok(!(await written(relay)).includes('register'));
});

test('a finish event that nobody knows goes by the number itself', async (t) => {
  const relay = await startSite(t);
  const done = await (
    await connect(relay, {}, { ...signup(relay.sandbox), event: 'FINISH_OF_NEXT_YEAR' })
  ).rested();
  assert.deepEqual([done.status, stepsOf(done).register], ['completed', 'done']);
});

for (const [flow, outcome] of [
  ['standard', 'finish'],
  ['coexistence', 'coexistence'],
] as const) {
  test(`a code alone is enough, in the flow ${flow}`, async (t) => {
    const relay = await startSite(t);
    const { code, ids } = signup(relay.sandbox, outcome);
    const done = await (await connect(relay, { flow }, { code })).rested();
    assert.deepEqual([done.status, done.account?.wabaId], ['completed', ids?.wabaId]);
    assert.equal(stepsOf(done).register, flow === 'coexistence' ? 'skipped' : 'done');
  });
}

for (const [flow, outcome, said] of [
  ['coexistence', 'finish', 'by the event'],
  ['coexistence', 'finish-no-number', 'by the event'],
  ['coexistence', 'finish', 'by the number'],
  ['standard', 'coexistence', 'by the event'],
  ['standard', 'coexistence', 'by the number'],
  ['app-only', 'coexistence', 'by the event'],
] as const) {
  test(`asked for ${flow}, got ${outcome}, told ${said}: nothing is written at Meta`, async (t) => {
    const relay = await startSite(t);
    const { event, ...rest } = signup(relay.sandbox, outcome);
    const request: RedeemRequest = said === 'by the event' && event ? { ...rest, event } : rest;
    const done = await (await connect(relay, { flow }, request)).rested();
    assert.deepEqual([done.status, done.error?.code], ['failed', 'flow-mismatch']);
    assert.ok(done.error?.message && done.error.hint);
    assert.equal(stepsOf(done).inspect, 'failed');
    assert.deepEqual(await written(relay), []);
  });
}
