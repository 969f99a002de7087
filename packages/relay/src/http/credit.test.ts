import assert from 'node:assert/strict';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { test } from 'node:test';
import type { Account, Onboarding, Problem } from 'whatsapp-embedded-signup/protocol';
import type { Harness } from '../test/harness.ts';
import { asPartner, auditOf, fundingOf, startPartner, stepOf, until } from '../test/partner.ts';
import { fault } from '../test/sandbox.ts';

const key = 'portal-key-of-the-tests';
const partner = { RELAY_API_KEY: key };

/** An account that an onboarding has connected. */
async function connected(relay: Harness): Promise<{ done: Onboarding; account: Account; session: string }> {
  const { session, onboarding } = await relay.onboard();
  const done = await relay.ended(session, onboarding.id);
  assert.ok(done.account);
  return { done, account: done.account, session };
}

interface Credit {
  status: string;
  allocationId: string | null;
  allocationIds: string[];
  currency: string | null;
  affected: string[];
  note: string;
}

const credit = (relay: Harness, method: 'POST' | 'DELETE', wabaId: string, by = key) =>
  relay.call<Credit & Problem>(method, `/v1/accounts/${wabaId}/credit`, { key: by });

test('the backend takes the credit line back, and shares it again', async (t) => {
  const relay = await startPartner(t, partner);
  const { account } = await connected(relay);
  const revoked = await credit(relay, 'DELETE', account.wabaId);
  assert.equal(revoked.status, 200);
  assert.deepEqual([revoked.body.status, revoked.body.affected], ['revoked', [account.wabaId]]);
  assert.match(revoked.body.note, /all its accounts/);
  assert.equal(await fundingOf(relay, account.wabaId), undefined);
  const [allocationId] = revoked.body.allocationIds;
  const read = await asPartner(relay, `/${allocationId}?fields=request_status`);
  assert.equal(read.request_status, 'DELETED');

  const twice = await credit(relay, 'DELETE', account.wabaId);
  assert.deepEqual([twice.status, twice.body.code], [409, 'credit-not-shared']);

  const again = await credit(relay, 'POST', account.wabaId);
  assert.deepEqual([again.status, again.body.status, again.body.currency], [200, 'shared', 'USD']);
  assert.notEqual(again.body.allocationId, allocationId);
  assert.ok(await fundingOf(relay, account.wabaId));

  const written = auditOf(relay).filter(({ action }) => action.startsWith('credit.'));
  assert.deepEqual(
    written.map(({ action, subject, actor }) => [action, subject, actor.split(':')[0]]),
    [
      ['credit.shared', account.wabaId, 'relay'],
      ['credit.revoked', account.wabaId, 'key'],
      ['credit.shared', account.wabaId, 'key'],
    ],
  );
  assert.deepEqual(written[1]?.detail, {
    allocationIds: [allocationId],
    businessId: account.businessId,
    currency: 'USD',
    wabaIds: [account.wabaId],
  });
  assert.ok(!JSON.stringify(written).includes(key));
});

test('sharing what is paid for already sends nothing, and tells of the share', async (t) => {
  const relay = await startPartner(t, partner);
  const { account, done } = await connected(relay);
  assert.equal(stepOf(done, 'share_credit').status, 'done');
  const { status, body } = await credit(relay, 'POST', account.wabaId);
  assert.deepEqual([status, body.status], [200, 'already-funded']);
  assert.ok(body.allocationId);
  assert.equal(auditOf(relay).filter(({ action }) => action === 'credit.shared').length, 1);
});

test('a customer from whom it was taken back does not get it by signing up once more', async (t) => {
  const relay = await startPartner(t, partner);
  const { account } = await connected(relay);
  await credit(relay, 'DELETE', account.wabaId);
  const { code, event } = relay.sandbox.issueCode({
    outcome: 'finish',
    data: { businessId: account.businessId ?? '' },
  });
  const { session, onboarding } = await relay.onboard({ code, event: event?.event ?? '' });
  const waits = await until(relay, session, onboarding.id, ({ status }) => status === 'action_required');
  assert.deepEqual(waits.action, { kind: 'credit' });
  assert.equal(await fundingOf(relay, waits.account?.wabaId ?? ''), undefined);
});

test('a share of which nothing is written down is found by the account’s business', async (t) => {
  const relay = await startPartner(t, partner);
  const { account } = await connected(relay);
  const database = new DatabaseSync(join(relay.folder, 'relay.db'), { timeout: 5000 });
  database.exec('DELETE FROM credit');
  database.close();
  const { status, body } = await credit(relay, 'DELETE', account.wabaId);
  assert.deepEqual([status, body.status, body.affected], [200, 'revoked', [account.wabaId]]);
  assert.equal(await fundingOf(relay, account.wabaId), undefined);
});

test('a share whose end was not written down is found ended', async (t) => {
  const relay = await startPartner(t, partner);
  const { account } = await connected(relay);
  await fault(relay.sandbox, { match: { method: 'DELETE' }, kind: 'commit-then-drop', times: 1 });
  const lost = await credit(relay, 'DELETE', account.wabaId);
  assert.deepEqual([lost.status, lost.body.code, lost.body.retryable], [503, 'meta-unavailable', true]);
  const again = await credit(relay, 'DELETE', account.wabaId);
  assert.deepEqual([again.status, again.body.status], [200, 'revoked']);
  assert.equal(auditOf(relay).filter(({ action }) => action === 'credit.revoked').length, 1);
});

test('all accounts of the customer are named, for they all lose it', async (t) => {
  const relay = await startPartner(t, partner);
  const { account } = await connected(relay);
  const { code, event } = relay.sandbox.issueCode({
    outcome: 'finish',
    data: { businessId: account.businessId ?? '' },
  });
  const second = await relay.onboard({ code, event: event?.event ?? '' });
  const other = (await relay.ended(second.session, second.onboarding.id)).account?.wabaId ?? '';
  const { body } = await credit(relay, 'DELETE', account.wabaId);
  assert.deepEqual(new Set(body.affected), new Set([account.wabaId, other]));
  assert.equal(await fundingOf(relay, other), undefined);
  assert.equal((await credit(relay, 'DELETE', other)).body.code, 'credit-not-shared');
});

test('the cap, a missing role and missing terms are told to the backend too', async (t) => {
  const relay = await startPartner(t, { ...partner, RELAY_CREDIT_DAILY_CAP: '1' });
  const { account } = await connected(relay);
  // Its customer paid for it, and does no longer.
  const { code, event } = relay.sandbox.issueCode({ outcome: 'finish', data: { funded: true } });
  const { session, onboarding } = await relay.onboard({ code, event: event?.event ?? '' });
  const other = (await relay.ended(session, onboarding.id)).account?.wabaId ?? '';
  await relay.sandbox.control('accounts', { wabaId: other, happens: 'payment-removed' });
  const full = await credit(relay, 'POST', other);
  assert.deepEqual([full.status, full.body.code, full.body.retryable], [429, 'credit-cap-reached', true]);
  assert.ok(Number(full.headers.get('retry-after')) > 23 * 60 * 60);

  await credit(relay, 'DELETE', account.wabaId);
  await relay.sandbox.control('partnership', { creditTerms: 'withdrawn' });
  const terms = await credit(relay, 'POST', account.wabaId);
  assert.deepEqual([terms.status, terms.body.code], [409, 'credit-terms']);
  await relay.sandbox.control('partnership', { creditTerms: 'accepted', role: 'EMPLOYEE' });
  const role = await credit(relay, 'POST', account.wabaId);
  assert.deepEqual([role.status, role.body.code], [409, 'finance-editor-missing']);
});

test('who has no business with the account learns nothing of it', async (t) => {
  const relay = await startPartner(t, partner);
  const { account, session } = await connected(relay);
  for (const method of ['POST', 'DELETE'] as const) {
    for (const wabaId of ['1', '1%2F..%2Fme', 'x'.repeat(300)]) {
      const { status, body } = await credit(relay, method, wabaId);
      assert.deepEqual([status, body.code], [404, 'account-unknown'], wabaId);
    }
    const path = `/v1/accounts/${account.wabaId}/credit`;
    const bySession = await relay.call<Problem>(method, path, { session });
    assert.deepEqual([bySession.status, bySession.body.code], [403, 'portal-key-required']);
    const byStranger = await credit(relay, method, account.wabaId, 'another-key');
    assert.equal(byStranger.status, 401);
  }
  const database = new DatabaseSync(join(relay.folder, 'relay.db'), { timeout: 5000 });
  database.exec("UPDATE account SET portal = 'globex'; UPDATE credit SET portal = 'globex'");
  database.close();
  for (const method of ['POST', 'DELETE'] as const) {
    const { status, body } = await credit(relay, method, account.wabaId);
    assert.deepEqual([status, body.code], [404, 'account-unknown']);
  }
  assert.ok(await fundingOf(relay, account.wabaId));
});

test('a Tech Provider has no credit line', async (t) => {
  const relay = await startPartner(t, { ...partner, RELAY_ROLE: 'tech-provider', RELAY_CREDIT: 'off' });
  const { account } = await connected(relay);
  for (const method of ['POST', 'DELETE'] as const) {
    const { status, body } = await credit(relay, method, account.wabaId);
    assert.deepEqual([status, body.code], [409, 'credit-off']);
  }
});

test('a partner whose credit is off shares nothing, also not on its backend’s word', async (t) => {
  const relay = await startPartner(t, { ...partner, RELAY_CREDIT: 'off' });
  const { account } = await connected(relay);
  const { status, body } = await credit(relay, 'POST', account.wabaId);
  assert.deepEqual([status, body.code], [409, 'credit-off']);
  assert.equal(await fundingOf(relay, account.wabaId), undefined);
});
