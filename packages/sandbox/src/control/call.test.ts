import assert from 'node:assert/strict';
import { beforeEach, describe, it } from 'node:test';
import type {
  AccountDetails,
  AnswerData,
  CodeDetails,
  ControlCommands,
  Delivery,
  Fault,
  JournalEntry,
  Outcome,
  SandboxState,
} from '../index.ts';
import * as entry from '../index.ts';

// The types are held by the compiler: what it should refuse must be refused, or "expect-error" is an error itself.

const sandbox = entry.createSandbox();

/** As JavaScript calls it, which no compiler holds back. */
const unchecked = sandbox.control as (route: string, body?: object) => Promise<unknown>;

beforeEach(() => sandbox.control('reset'));

async function refusalOf(call: Promise<unknown> | (() => unknown)): Promise<entry.SandboxInputError> {
  try {
    await (typeof call === 'function' ? call() : call);
  } catch (error) {
    assert.ok(error instanceof entry.SandboxInputError);
    return error;
  }
  assert.fail('It was not refused.');
}

describe('control()', () => {
  it('reads without a body, acts with one, and acts without one where there is nothing to read', async () => {
    assert.deepEqual(await sandbox.control('next', { outcome: 'deny' }), { queued: 1 });
    const state: SandboxState = await sandbox.control('state');
    assert.equal(state.next[0]?.outcome, 'deny');
    assert.deepEqual(await sandbox.control('reset'), { reset: true });
    const journal: JournalEntry[] = await sandbox.control('journal');
    assert.deepEqual(journal, []);
    const { event } = await sandbox.control('codes');
    assert.equal(event.event, 'FINISH');
  });

  it('takes a slash before the name, and a method', async () => {
    assert.deepEqual(await sandbox.control('/next', { outcome: 'deny' }), { queued: 1 });
    assert.deepEqual(await sandbox.control('/journal'), []);
    const { faults } = await sandbox.control('faults', { kind: '500' });
    const [fault]: Fault[] = faults;
    assert.equal(fault?.kind, '500');
    assert.equal((await sandbox.control('faults')).faults.length, 1);
    assert.deepEqual(await sandbox.control('DELETE faults'), { faults: [] });
    assert.deepEqual(await sandbox.control('faults'), { faults: [] });
  });

  it('names the address where the sandbox listens', async () => {
    const { url } = await sandbox.start();
    assert.deepEqual(await sandbox.control('credentials'), sandbox.credentials);
    assert.equal(sandbox.credentials.graphUrl, url);
    await sandbox.stop();
  });

  it('rejects with what is wrong: where, and what it may be', async () => {
    // @ts-expect-error: no outcome has this name.
    const error = await refusalOf(sandbox.control('next', { outcome: 'explode' }));
    assert.deepEqual(
      [error.name, error.code, error.field],
      ['SandboxInputError', 'invalid-input', 'outcome'],
    );
    assert.match(error.message, /^"outcome" must be one of finish, /);
    assert.ok(error.allowed?.includes('event-late'));
    // @ts-expect-error: misspelt.
    const misspelt = await refusalOf(sandbox.control('next', { outcome: 'deny', delay: 5 }));
    assert.deepEqual([misspelt.field, misspelt.allowed], ['delay', ['outcome', 'delayMs', 'data']]);
    assert.match(misspelt.message, /outcome, delayMs, data/);
    // @ts-expect-error: it is needed.
    assert.equal((await refusalOf(sandbox.control('clock', {}))).field, 'advanceMs');
    const missing = await refusalOf(unchecked('clock'));
    assert.equal(missing.message, '"advanceMs" is missing.');
  });

  it('rejects what no control takes', async () => {
    // @ts-expect-error: there is none of this name.
    const unknown = await refusalOf(sandbox.control('nothing'));
    assert.equal(unknown.code, 'not-found');
    assert.ok(unknown.allowed?.includes('journal'));
    // @ts-expect-error: it takes no body.
    const wrongWay = await refusalOf(sandbox.control('journal', {}));
    assert.deepEqual([wrongWay.code, wrongWay.allowed], ['method-not-allowed', ['GET']]);
    assert.match(wrongWay.message, /takes GET/);
  });

  it('gives what came of webhooks, and the settings that were changed', async () => {
    sandbox.issueCode();
    const sent = await sandbox.control('webhooks', { field: 'messages' });
    assert.equal(sent.deliveries.length, 0);
    assert.match(sent.note ?? '', /no webhook subscription/);
    const listed: Delivery[] = await sandbox.control('webhooks');
    assert.ok(listed.every(({ delivered }) => !delivered));
    const app = await sandbox.control('app', { mode: 'development' });
    const mode: 'live' | 'development' = app.mode;
    assert.equal(mode, 'development');
    const { wabas } = await sandbox.control('state');
    const numbers: string[] | undefined = wabas[0]?.numbers;
    assert.equal(numbers?.length, 1);
  });
});

describe('issueCode()', () => {
  it('reads its input as POST /_sandbox/codes does', async () => {
    // @ts-expect-error: it gives no code.
    const outcome = await refusalOf(() => sandbox.issueCode({ outcome: 'deny' }));
    assert.equal(outcome.field, 'outcome');
    assert.match(outcome.message, /^"outcome" must be one of finish, /);
    // @ts-expect-error: misspelt.
    const misspelt = await refusalOf(() => sandbox.issueCode({ data: { displayname: 'Willow' } }));
    assert.equal(misspelt.field, 'data.displayname');
    assert.ok(misspelt.allowed?.includes('displayName'));
    assert.match(misspelt.message, /displayName/);
    const pin = await refusalOf(() => sandbox.issueCode({ data: { pin: '12' } }));
    assert.equal(pin.message, '"data.pin" must be 6 digits.');
    const waba = await refusalOf(() => sandbox.issueCode({ data: { wabaId: '1' } }));
    assert.equal(waba.field, 'data.wabaId');
  });
});

it('the examples of docs/sandbox.md need no types of their own', async () => {
  const { code, event } = sandbox.issueCode();
  const texts: string[] = [code, event.event, event.data.waba_id];
  await sandbox.control('clock', { advanceMs: 30_000 });
  await sandbox.control('faults', {
    match: { method: 'POST', path: '/oauth/access_token' },
    kind: 'commit-then-drop',
    times: 1,
  });
  const requests = await sandbox.control('journal');
  const secrets: string[] = requests.flatMap((request) => request.secretsInUrl);
  assert.deepEqual(secrets, []);
  await sandbox.control('next', { outcome: 'finish', data: { displayName: 'Willow Yoga' } });
  await sandbox.control('next', { outcome: 'cancel', data: { step: 'PHONE_NUMBER_SETUP' } });
  const sent = await sandbox.control('webhooks', {
    field: 'account_update',
    event: 'PARTNER_REMOVED',
    wabaId: event.data.waba_id,
    signature: 'bad',
  });
  const statuses: (number | null)[] = sent.deliveries.map(({ status }) => status);
  assert.deepEqual(statuses, []);
  assert.ok(texts.every((text) => text.length > 0));
});

it('what has a name of its own is what the controls take', () => {
  const account: AccountDetails = { displayName: 'Willow Yoga', profile: { vertical: 'OTHER' } };
  const answer: AnswerData = { ...account, step: 'PERMISSIONS' };
  const outcome: Outcome = 'cancel';
  const next: ControlCommands['next']['takes'] = { outcome, data: answer };
  const details: CodeDetails = { ...account, configId: '1' };
  const codes: ControlCommands['codes']['takes'] = { data: details };
  // And the other way round: what the schemas let through is described.
  const described: Required<ControlCommands['codes']['takes']>['data'] & object = details;
  const back: CodeDetails = described;
  assert.ok(next && codes && back);
});
