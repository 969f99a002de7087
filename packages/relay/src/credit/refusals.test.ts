import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Onboarding } from 'whatsapp-embedded-signup/protocol';
import type { Harness } from '../test/harness.ts';
import { asPartner, auditOf, fundingOf, startPartner, stepOf, until } from '../test/partner.ts';
import { fault } from '../test/sandbox.ts';

const key = 'portal-key-of-the-tests';

/** An onboarding that waits for the backend's yes: the system user is assigned by then. */
async function waiting(relay: Harness): Promise<{ session: string; id: string }> {
  const { session, onboarding } = await relay.onboard();
  await until(relay, session, onboarding.id, ({ status }) => status === 'action_required');
  return { session, id: onboarding.id };
}

async function answer(relay: Harness, id: string, value: boolean): Promise<void> {
  const body = { kind: 'credit', value };
  const { status } = await relay.call('POST', `/v1/onboardings/${id}/input`, { key, body });
  assert.equal(status, 202);
}

/** Everything but the credit line is as it should be, and the failed step says what to do. */
function assertConnected(done: Onboarding, code: string): void {
  assert.deepEqual([done.status, done.error], ['completed', null]);
  for (const name of ['subscribe', 'register', 'confirm'] as const)
    assert.equal(stepOf(done, name).status, 'done', name);
  const { status, error } = stepOf(done, 'share_credit');
  assert.deepEqual([status, error?.code, error?.who], ['failed', code, 'partner']);
  assert.ok(error?.hint);
}

async function resumed(relay: Harness, id: string, session: string): Promise<Onboarding> {
  const { status } = await relay.call('POST', `/v1/onboardings/${id}/resume`, { key });
  assert.equal(status, 202);
  return relay.ended(session, id);
}

test('with approval the credit line waits for the backend, and a session may not say yes', async (t) => {
  const relay = await startPartner(t, { RELAY_CREDIT: 'approve', RELAY_API_KEY: key });
  const { session, id } = await waiting(relay);
  const view = await relay.call<Onboarding>('GET', `/v1/onboardings/${id}`, { session });
  assert.deepEqual(view.body.action, { kind: 'credit' });
  const body = { kind: 'credit', value: true };
  const own = await relay.call('POST', `/v1/onboardings/${id}/input`, { session, body });
  assert.equal(own.status, 403);
  assert.equal(await fundingOf(relay, view.body.account?.wabaId ?? ''), undefined);

  await answer(relay, id, true);
  const done = await relay.ended(session, id);
  assert.equal(stepOf(done, 'share_credit').status, 'done');
  assert.ok(await fundingOf(relay, done.account?.wabaId ?? ''));
});

test('a no of the backend leaves the account connected, and nothing shared', async (t) => {
  const relay = await startPartner(t, { RELAY_CREDIT: 'approve', RELAY_API_KEY: key });
  const { session, id } = await waiting(relay);
  await answer(relay, id, false);
  const done = await relay.ended(session, id);
  assert.equal(done.status, 'completed');
  assert.equal(stepOf(done, 'share_credit').status, 'skipped');
  assert.equal(await fundingOf(relay, done.account?.wabaId ?? ''), undefined);
});

for (const [code, broken, mended] of [
  ['finance-editor-missing', { role: 'EMPLOYEE' }, { isFinanceEditor: true }],
  ['credit-terms', { creditTerms: 'withdrawn' }, { creditTerms: 'accepted' }],
  ['credit-line-missing', { creditLine: 'taken-away' }, { creditLine: 'available' }],
] as const) {
  test(`${code}: the rest stays connected, and once it is mended a resume shares`, async (t) => {
    const relay = await startPartner(t, { RELAY_CREDIT: 'approve', RELAY_API_KEY: key });
    const { session, id } = await waiting(relay);
    await relay.sandbox.control('partnership', broken);
    await answer(relay, id, true);
    const done = await relay.ended(session, id);
    assertConnected(done, code);
    assert.ok(stepOf(done, 'share_credit').error?.meta?.code);
    assert.ok(auditOf(relay).every(({ action }) => action !== 'credit.shared'));

    await relay.sandbox.control('partnership', mended);
    const again = await resumed(relay, id, session);
    assert.equal(stepOf(again, 'share_credit').status, 'done');
    assert.ok(await fundingOf(relay, again.account?.wabaId ?? ''));
  });
}

test('a system user that was taken off the account in the meantime is named', async (t) => {
  const relay = await startPartner(t, { RELAY_CREDIT: 'approve', RELAY_API_KEY: key });
  const { session, id } = await waiting(relay);
  const { body } = await relay.call<Onboarding>('GET', `/v1/onboardings/${id}`, { session });
  const { systemUserId } = relay.sandbox.credentials;
  await asPartner(relay, `/${body.account?.wabaId}/assigned_users?user=${systemUserId}`, 'DELETE');
  await answer(relay, id, true);
  assertConnected(await relay.ended(session, id), 'system-user-not-assigned');
});

test('an account that the customer no longer shares with the partner is named', async (t) => {
  const relay = await startPartner(t, { RELAY_CREDIT: 'approve', RELAY_API_KEY: key });
  const { session, id } = await waiting(relay);
  const { body } = await relay.call<Onboarding>('GET', `/v1/onboardings/${id}`, { session });
  await relay.sandbox.control('accounts', { wabaId: body.account?.wabaId ?? '', happens: 'removed' });
  await answer(relay, id, true);
  const { error } = stepOf(await relay.ended(session, id), 'share_credit');
  assert.equal(error?.code, 'account-not-visible');
});

test('an employee cannot assign itself; made an admin, a resume does both steps', async (t) => {
  const relay = await startPartner(t, { RELAY_API_KEY: key });
  await relay.sandbox.control('partnership', { role: 'EMPLOYEE' });
  const { session, onboarding } = await relay.onboard();
  const done = await relay.ended(session, onboarding.id);
  assert.equal(stepOf(done, 'assign_system_user').error?.code, 'system-user-not-admin');
  assert.equal(stepOf(done, 'share_credit').error?.code, 'step-before-failed');
  assert.equal(done.status, 'completed');

  await relay.sandbox.control('partnership', { role: 'ADMIN' });
  const again = await resumed(relay, onboarding.id, session);
  for (const name of ['assign_system_user', 'share_credit'] as const)
    assert.equal(stepOf(again, name).status, 'done');
});

for (const [settings, code] of [
  [{ META_SYSTEM_USER_TOKEN: 'a-token-of-nobody' }, 'system-user-token-invalid'],
  [{ META_SYSTEM_USER_ID: '400000000000013' }, 'system-user-unknown'],
] as const) {
  test(`${code} is said of the partner’s settings, and not of the customer`, async (t) => {
    const relay = await startPartner(t, settings);
    const { session, onboarding } = await relay.onboard();
    const done = await relay.ended(session, onboarding.id);
    const { error } = stepOf(done, 'assign_system_user');
    assert.deepEqual([done.status, error?.code, error?.who], ['completed', code, 'partner']);
  });
}

for (const [graphCode, subcode, code] of [
  [200, undefined, 'finance-editor-missing'],
  [10, undefined, 'credit-terms'],
  [100, 33, 'credit-line-missing'],
  [100, undefined, 'credit-refused'],
  [999_999, undefined, 'meta-refused'],
] as const) {
  const name = subcode === undefined ? `${graphCode}` : `${graphCode}/${subcode}`;
  test(`Graph error ${name} at the share is ${code}, and takes no place under the cap`, async (t) => {
    const relay = await startPartner(t, { RELAY_CREDIT_DAILY_CAP: '1' });
    const path = '*/whatsapp_credit_sharing_and_attach';
    const body = { match: { path }, kind: 'graph-error', code: graphCode, ...(subcode && { subcode }) };
    await fault(relay.sandbox, { ...body, times: 1 });
    const first = await relay.onboard();
    const done = await relay.ended(first.session, first.onboarding.id);
    assert.equal(stepOf(done, 'share_credit').error?.code, code);
    const second = await relay.onboard();
    assert.equal(
      stepOf(await relay.ended(second.session, second.onboarding.id), 'share_credit').status,
      'done',
    );
  });
}
