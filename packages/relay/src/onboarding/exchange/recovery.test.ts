import assert from 'node:assert/strict';
import type { TestContext } from 'node:test';
import { test } from 'node:test';
import type { Onboarding, Problem, RedeemRequest } from 'whatsapp-embedded-signup/protocol';
import type { Environment } from '../../settings/source.ts';
import { connect, key } from '../../test/customers.ts';
import { databaseEnv, databases } from '../../test/databases.ts';
import { signup, startHarness } from '../../test/harness.ts';
import { storeOf } from '../../test/rows.ts';
import type { JournalEntry } from '../../test/sandbox.ts';
import { fault, graphCalls, journal } from '../../test/sandbox.ts';

const minute = 60_000;

/** What the journal tells of a call beyond method and path: names of parameters, and whose token it was. */
interface Fetched {
  token: string | null;
  query: string[];
  body: Record<string, string>;
}

async function start(t: TestContext, changes: Environment = {}) {
  let skipped = 0;
  const now = () => Date.now() + skipped;
  const relay = await startHarness(t, changes, { now, sweepEvery: 50 });
  const { sandbox } = relay;
  const store = await storeOf(t, relay);

  /** Redeems a code whose answer is lost on the way, after Meta has done its part. */
  async function lose(request: RedeemRequest): Promise<{ session: string; id: string }> {
    const match = { path: '*/oauth/access_token' };
    await fault(sandbox, { match, kind: 'commit-then-drop', times: 1 });
    const { session, verifier } = await relay.session();
    const body = { ...request, verifier };
    const { status, body: problem } = await relay.call<Problem>('POST', '/v1/onboardings', { session, body });
    assert.deepEqual([status, problem.code, problem.retryable], [502, 'exchange-unknown', false]);
    return { session, id: problem.onboarding ?? '' };
  }

  const signal = ({ ids }: RedeemRequest, more: { at?: number; appId?: string } = {}) =>
    relay.relay.relay.partnerAdded({
      appId: sandbox.credentials.appId,
      wabaId: ids?.wabaId ?? '',
      businessId: ids?.businessId ?? '',
      ...more,
    });
  const fetches = async () =>
    (await graphCalls(sandbox)).filter((call) => call.endsWith('/system_user_access_tokens')).length;
  const exchanges = async () =>
    (await graphCalls(sandbox)).filter((call) => call.includes('/oauth/access_token')).length;
  const view = async ({ session, id }: { session: string; id: string }) =>
    (await relay.call<Onboarding>('GET', `/v1/onboardings/${id}`, { session })).body;
  /** Until the relay has looked around once more, at the least. */
  const looks = () => new Promise((resolve) => setTimeout(resolve, 200));
  async function completed(lost: { session: string; id: string }): Promise<Onboarding> {
    for (;;) {
      const seen = await view(lost);
      if (seen.status === 'completed') return seen;
      assert.notEqual(seen.status, 'action_required');
      if (seen.status === 'failed') assert.equal(seen.error?.code, 'exchange-unknown');
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }
  const skip = (time: number): void => {
    skipped += time;
  };
  return { relay, sandbox, store, lose, signal, fetches, exchanges, view, looks, completed, skip, now };
}

for (const { name, skip, create } of databases) {
  for (const when of ['before', 'after'] as const) {
    test(`${name}: a lost token is fetched where the arrival is told ${when} the loss is known`, {
      skip,
    }, async (t) => {
      const { relay, store, lose, signal, fetches, exchanges, completed, looks } = await start(
        t,
        databaseEnv(await create(t)),
      );
      const request = signup(relay.sandbox);
      if (when === 'before') await signal(request);
      const lost = await lose(request);
      if (when === 'after') await signal(request);
      const done = await completed(lost);
      assert.deepEqual([done.error, done.account?.wabaId], [null, request.ids?.wabaId]);
      // Told again, it does nothing any more.
      await signal(request);
      await looks();
      assert.deepEqual([await fetches(), await exchanges()], [1, 1]);
      const audited = await store.selectFrom('audit').select(['action', 'subject']).execute();
      assert.deepEqual(
        audited.map(({ action, subject }) => [action, subject]),
        [['token.recovered', request.ids?.wabaId]],
      );
    });
  }
}

test('the partner’s token and its proof travel in header and form, never in an address', async (t) => {
  const { relay, lose, signal, completed } = await start(t);
  const request = signup(relay.sandbox);
  const lost = await lose(request);
  await signal(request);
  await completed(lost);
  const entries = (await journal(relay.sandbox)) as (JournalEntry & Fetched)[];
  const call = entries.find(({ path }) => path.endsWith('/system_user_access_tokens'));
  assert.deepEqual([call?.token, call?.query, call?.secretsInUrl], ['system', [], []]);
  assert.deepEqual(Object.keys(call?.body ?? {}).sort(), ['appsecret_proof', 'fetch_only']);
  assert.doesNotMatch(JSON.stringify(relay.logged), new RegExp(relay.env.META_SYSTEM_USER_TOKEN ?? 'none'));
});

test('where Meta does not answer it is asked again, later', async (t) => {
  const { relay, sandbox, lose, signal, fetches, completed, looks, skip } = await start(t);
  const request = signup(relay.sandbox);
  await fault(sandbox, { match: { path: '*/system_user_access_tokens' }, kind: '503', times: 1 });
  const lost = await lose(request);
  await signal(request);
  while ((await fetches()) === 0) await looks();
  await looks();
  assert.equal(await fetches(), 1);
  skip(minute);
  await completed(lost);
  assert.equal(await fetches(), 2);
});

test('a refusal is not asked again', async (t) => {
  const { relay, sandbox, lose, signal, fetches, view, looks, skip } = await start(t);
  const request = signup(relay.sandbox);
  await fault(sandbox, { match: { path: '*/system_user_access_tokens' }, kind: 'graph-error', code: 10 });
  const lost = await lose(request);
  await signal(request);
  while ((await fetches()) === 0) await looks();
  skip(120 * minute);
  await looks();
  assert.deepEqual([await fetches(), (await view(lost)).error?.code], [1, 'exchange-unknown']);
});

test('ids that come with a later message find the arrival', async (t) => {
  const { relay, lose, signal, fetches, completed, looks } = await start(t);
  const { code, event, ids } = signup(relay.sandbox);
  const lost = await lose({ code });
  await signal({ code, ...(ids && { ids }) });
  await looks();
  assert.equal(await fetches(), 0);
  const body = { event, ids };
  await relay.call('PATCH', `/v1/onboardings/${lost.id}`, { session: lost.session, body });
  assert.equal((await completed(lost)).account?.wabaId, ids?.wabaId);
});

test('a business alone is enough for one, and never chooses between several', async (t) => {
  const { relay, lose, signal, fetches, completed, looks } = await start(t);
  const first = signup(relay.sandbox);
  const businessId = first.ids?.businessId ?? '';
  const lost = await lose({ code: first.code, ids: { businessId } });
  const second = await lose({ code: signup(relay.sandbox).code, ids: { businessId } });
  await signal(first);
  await looks();
  assert.equal(await fetches(), 0);
  const { wabaId } = signup(relay.sandbox).ids ?? {};
  // The second says which account it means, and it is another: the first is alone.
  await relay.call('PATCH', `/v1/onboardings/${second.id}`, {
    session: second.session,
    body: { ids: { wabaId } },
  });
  await completed(lost);
});

test('a token is asked for only where nobody else has it, and the times agree', async (t) => {
  const { relay, lose, signal, fetches, looks, now } = await start(t);
  const request = signup(relay.sandbox);
  const lost = await lose(request);
  // Another app's customer, one of long ago, one who came later, ids that are none.
  await signal(request, { appId: '999' });
  await signal({ code: '', ids: { wabaId: request.ids?.wabaId ?? '', businessId: '../me' } });
  for (const at of [now() - 3 * 60 * minute, now() + 11 * minute]) await signal(request, { at });
  await looks();
  assert.equal(await fetches(), 0);
  assert.ok(lost.id);
});

test('a customer who started again and came through is not brought a second time', async (t) => {
  const { relay, sandbox, lose, signal, fetches, view, looks } = await start(t);
  const request = signup(sandbox);
  const lost = await lose(request);
  const again = signup(sandbox, 'finish', { wabaId: request.ids?.wabaId ?? '' });
  const { session, onboarding } = await relay.onboard(again);
  await relay.ended(session, onboarding.id);
  await signal(request);
  await looks();
  assert.deepEqual([await fetches(), (await view(lost)).status], [0, 'failed']);
});

test('without a system user there is nothing to fetch with, and nothing is kept', async (t) => {
  const { relay, store, lose, signal, looks, view } = await start(t, { META_SYSTEM_USER_TOKEN: '' });
  const request = signup(relay.sandbox);
  const lost = await lose(request);
  await signal(request);
  await looks();
  assert.equal((await view(lost)).status, 'failed');
  assert.deepEqual(await store.selectFrom('arrival').selectAll().execute(), []);
});

test('whoever claims a stranger’s account and gets its token holds it only until the stranger comes', async (t) => {
  const { relay, store, lose, signal, completed } = await start(t, { RELAY_API_KEY: key });
  const request = signup(relay.sandbox);
  // Ids are no secret: this page has the customer's, and a code of its own that Meta never answers.
  const claim = await lose({ ...request, code: 'not-a-code-of-this-customer' });
  await signal(request);
  assert.equal((await completed(claim)).account?.wabaId, request.ids?.wabaId);

  const own = await connect(relay, { reference: 'customer-1' }, request);
  assert.equal((await own.rested()).status, 'completed');
  const account = await store.selectFrom('account').selectAll().executeTakeFirstOrThrow();
  assert.deepEqual([account.onboarding_id, account.reference], [own.id, 'customer-1']);
  const tokens = await store.selectFrom('credential').select('onboarding_id').execute();
  assert.deepEqual(
    tokens.map((token) => token.onboarding_id),
    [own.id],
  );
  const events = await store.selectFrom('outbox').select('type').execute();
  assert.ok(events.some(({ type }) => type === 'account.removed'));
});
