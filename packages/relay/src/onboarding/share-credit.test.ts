import assert from 'node:assert/strict';
import { test } from 'node:test';
import { signup } from '../test/harness.ts';
import { asPartner, auditOf, fundingOf, startPartner, stepOf } from '../test/partner.ts';
import { fault, journal } from '../test/sandbox.ts';

const shares = (calls: readonly { method: string; path: string }[]) =>
  calls.filter(({ path }) => path.endsWith('/whatsapp_credit_sharing_and_attach'));

test('the system user is assigned, and the credit line pays for the account, read back and written down', async (t) => {
  const relay = await startPartner(t, { RELAY_CREDIT_CURRENCY: 'EUR' });
  const { session, onboarding } = await relay.onboard();
  const done = await relay.ended(session, onboarding.id);
  assert.equal(done.status, 'completed');
  assert.deepEqual(
    done.steps.map(({ name, status }) => [name, status]),
    ['exchange', 'inspect', 'subscribe', 'register', 'assign_system_user', 'share_credit', 'confirm'].map(
      (name) => [name, 'done'],
    ),
  );
  const { wabaId = '', businessId } = done.account ?? {};
  const [assigned, shared] = auditOf(relay);
  const { systemUserId, creditLineId } = relay.sandbox.credentials;
  assert.deepEqual(assigned, {
    actor: 'relay',
    action: 'system_user.assigned',
    subject: wabaId,
    detail: { systemUserId },
  });
  const allocationId = String(shared?.detail.allocationId);
  assert.deepEqual(shared, {
    actor: 'relay',
    action: 'credit.shared',
    subject: wabaId,
    detail: { allocationId, businessId, currency: 'EUR', creditLineId, onboardingId: done.id },
  });
  const allocation = await asPartner(relay, `/${allocationId}?fields=receiving_credential`);
  assert.equal((allocation.receiving_credential as { id: string }).id, await fundingOf(relay, wabaId));
  assert.equal((await asPartner(relay, `/${wabaId}?fields=currency`)).currency, 'EUR');
});

test('the partner’s token is not used before the customer’s own has read the account', async (t) => {
  const relay = await startPartner(t);
  const { session, onboarding } = await relay.onboard();
  await relay.ended(session, onboarding.id);
  const calls = await journal(relay.sandbox);
  const proof = calls.findIndex(
    ({ token, path, status }) => token === 'business' && path.endsWith('/phone_numbers') && status === 200,
  );
  const first = calls.findIndex(({ token }) => token === 'system');
  assert.ok(proof >= 0 && first > proof, JSON.stringify(calls.map(({ token, path }) => [token, path])));
});

test('an account that the customer did not share sees nothing of the partner’s token', async (t) => {
  const relay = await startPartner(t);
  const { ids } = signup(relay.sandbox);
  const { session, onboarding } = await relay.onboard({ ...signup(relay.sandbox), ...(ids && { ids }) });
  const done = await relay.ended(session, onboarding.id);
  assert.equal(done.error?.code, 'ids-not-granted');
  assert.ok((await journal(relay.sandbox)).every(({ token }) => token !== 'system'));
  assert.deepEqual(auditOf(relay), []);
});

test('an app-only signup has neither step, and Meta sees nothing of the partner’s token', async (t) => {
  const relay = await startPartner(t);
  const { code, event } = relay.sandbox.issueCode({ outcome: 'app-only' });
  const { session, onboarding } = await relay.onboard({ code, event: event?.event ?? '' });
  const done = await relay.ended(session, onboarding.id);
  assert.equal(done.status, 'completed');
  const names = done.steps.map(({ name }) => name);
  assert.ok(!names.includes('assign_system_user') && !names.includes('share_credit'), names.join());
  assert.ok((await journal(relay.sandbox)).every(({ token }) => token !== 'system'));
});

test('a Solution Partner that says nothing of credit shares none', async (t) => {
  const relay = await startPartner(t, { RELAY_CREDIT: '' });
  const { session, onboarding } = await relay.onboard();
  const done = await relay.ended(session, onboarding.id);
  assert.equal(done.status, 'completed');
  assert.equal(stepOf(done, 'assign_system_user').status, 'done');
  assert.equal(stepOf(done, 'share_credit').status, 'skipped');
  assert.equal(shares(await journal(relay.sandbox)).length, 0);
});

test('an account that somebody pays for already is left as it is', async (t) => {
  const relay = await startPartner(t);
  const { code, event } = relay.sandbox.issueCode({ outcome: 'finish', data: { funded: true } });
  const { session, onboarding } = await relay.onboard({ code, event: event?.event ?? '' });
  const done = await relay.ended(session, onboarding.id);
  assert.equal(done.status, 'completed');
  assert.equal(stepOf(done, 'share_credit').status, 'skipped');
  assert.equal(shares(await journal(relay.sandbox)).length, 0);
  assert.deepEqual(
    auditOf(relay).map(({ action }) => action),
    ['system_user.assigned'],
  );
});

for (const kind of ['commit-then-drop', 'drop-before', '500'] as const) {
  test(`${kind} at the share: it is shared once, and written down once`, async (t) => {
    const relay = await startPartner(t, { RELAY_CREDIT_DAILY_CAP: '1' });
    const path = '*/whatsapp_credit_sharing_and_attach';
    await fault(relay.sandbox, { match: { path }, kind, times: 1 });
    const { session, onboarding } = await relay.onboard();
    const done = await relay.ended(session, onboarding.id);
    assert.equal(stepOf(done, 'share_credit').status, 'done');
    assert.equal(shares(await journal(relay.sandbox)).length, kind === 'commit-then-drop' ? 1 : 2);
    assert.equal(auditOf(relay).filter(({ action }) => action === 'credit.shared').length, 1);
  });
}

test('an assignment that Meta does not answer at first is asked for again', async (t) => {
  const relay = await startPartner(t);
  await fault(relay.sandbox, { match: { path: '*/assigned_users' }, kind: '503', times: 1 });
  const { session, onboarding } = await relay.onboard();
  assert.equal(stepOf(await relay.ended(session, onboarding.id), 'share_credit').status, 'done');
});
