import assert from 'node:assert/strict';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { test } from 'node:test';
import { auditOf, fundingOf, startPartner, stepOf, until } from '../test/partner.ts';

const DAY_MS = 24 * 60 * 60 * 1000;

test('over the daily cap the step waits for its time, and shares when it has come', async (t) => {
  let offset = 0;
  const now = () => Date.now() + offset;
  const relay = await startPartner(t, { RELAY_CREDIT_DAILY_CAP: '1' }, { now, sweepEvery: 50 });
  const first = await relay.onboard();
  await relay.ended(first.session, first.onboarding.id);
  const [, share] = auditOf(relay);
  assert.equal(share?.action, 'credit.shared');

  const second = await relay.onboard();
  const waits = await until(
    relay,
    second.session,
    second.onboarding.id,
    ({ status }) => status === 'action_required',
  );
  const { error, status } = stepOf(waits, 'share_credit');
  assert.deepEqual([status, error?.code, error?.who], ['action_required', 'credit-cap-reached', 'wait']);
  assert.equal(waits.action, null);
  const left = Date.parse(waits.retryAt ?? '') - now();
  assert.ok(left > DAY_MS - 60_000 && left <= DAY_MS, `${left}`);
  assert.equal(await fundingOf(relay, waits.account?.wabaId ?? ''), undefined);

  offset = DAY_MS + 1000;
  const done = await relay.ended(second.session, second.onboarding.id);
  assert.equal(stepOf(done, 'share_credit').status, 'done');
});

test('a wait for the cap is no failed attempt, however often it comes', async (t) => {
  let offset = 0;
  const now = () => Date.now() + offset;
  const relay = await startPartner(t, { RELAY_CREDIT_DAILY_CAP: '1' }, { now, sweepEvery: 50 });
  const first = await relay.onboard();
  await relay.ended(first.session, first.onboarding.id);
  const { session, onboarding } = await relay.onboard();
  await until(relay, session, onboarding.id, ({ status }) => status === 'action_required');
  const database = new DatabaseSync(join(relay.folder, 'relay.db'), { timeout: 5000 });
  t.after(() => database.close());
  for (let wait = 1; wait <= 7; wait++) {
    // Another of the portal's accounts takes the place each time.
    database.prepare('UPDATE credit SET shared_at = ?').run(now() + DAY_MS);
    offset += DAY_MS + 1000;
    const due = new Date(now()).toISOString();
    const view = await until(relay, session, onboarding.id, ({ retryAt }) => (retryAt ?? '') > due);
    assert.equal(stepOf(view, 'share_credit').status, 'action_required');
  }
});

test('onboardings side by side never share more than the cap', async (t) => {
  const relay = await startPartner(t, { RELAY_CREDIT_DAILY_CAP: '2' });
  const begun = await Promise.all(Array.from({ length: 6 }, () => relay.onboard()));
  const ended = await Promise.all(
    begun.map(({ session, onboarding }) =>
      until(
        relay,
        session,
        onboarding.id,
        ({ status }) => status === 'completed' || status === 'action_required',
      ),
    ),
  );
  const shared = ended.filter((onboarding) => stepOf(onboarding, 'share_credit').status === 'done');
  assert.equal(shared.length, 2);
  assert.equal(auditOf(relay).filter(({ action }) => action === 'credit.shared').length, 2);
});

test('a cap of none shares with nobody, and does not wait for ever', async (t) => {
  const relay = await startPartner(t, { RELAY_CREDIT_DAILY_CAP: '0' });
  const { session, onboarding } = await relay.onboard();
  const done = await relay.ended(session, onboarding.id);
  assert.equal(done.status, 'completed');
  assert.equal(stepOf(done, 'share_credit').error?.code, 'credit-cap-reached');
});
