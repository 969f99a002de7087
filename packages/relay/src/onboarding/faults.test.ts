import assert from 'node:assert/strict';
import type { TestContext } from 'node:test';
import { test } from 'node:test';
import type { Problem } from 'whatsapp-embedded-signup/protocol';
import type { Environment } from '../settings/source.ts';
import { signup, startHarness } from '../test/harness.ts';
import { fault, graphCalls } from '../test/sandbox.ts';

/** Everything that the sandbox can put in the way, as it is once. */
const faults: Record<string, Record<string, unknown>> = {
  latency: { ms: 50 },
  500: {},
  503: {},
  html: {},
  'graph-error': { code: 131016 },
  'rate-limit': { minutes: 1 },
  'drop-before': {},
  'commit-then-drop': {},
  'half-body': {},
  'slow-body': { ms: 50 },
};

interface Ids {
  waba: string;
  phone: string;
}

/** The calls of each step. Most name the account or the number, and so are told from those of others. */
const calls: Record<string, (ids: Ids) => { method: string; path: string }> = {
  'inspect: the token': () => ({ method: 'GET', path: '*/debug_token' }),
  'inspect: the account': ({ waba }) => ({ method: 'GET', path: `*/${waba}` }),
  'inspect: its numbers': ({ waba }) => ({ method: 'GET', path: `*/${waba}/phone_numbers` }),
  subscribe: ({ waba }) => ({ method: 'POST', path: `*/${waba}/subscribed_apps` }),
  register: ({ phone }) => ({ method: 'POST', path: `*/${phone}/register` }),
  confirm: ({ phone }) => ({ method: 'GET', path: `*/${phone}` }),
};

const partnerCalls: typeof calls = {
  assign_system_user: ({ waba }) => ({ method: 'POST', path: `*/${waba}/assigned_users` }),
  share_credit: () => ({ method: 'POST', path: '*/whatsapp_credit_sharing_and_attach' }),
};

/** Time that goes two hundred times as fast: the minutes of a rate limit and the breaker's seconds are soon over. */
function fastClock(): () => number {
  const start = Date.now();
  return () => start + (Date.now() - start) * 200;
}

async function survivesAll(t: TestContext, tried: typeof calls, changes: Environment = {}): Promise<void> {
  const relay = await startHarness(t, changes, { now: fastClock(), sweepEvery: 50 });
  const { sandbox } = relay;

  async function begin(what: string, kind: string, match: (ids: Ids) => Record<string, unknown>) {
    const request = signup(sandbox);
    const ids = { waba: request.ids?.wabaId ?? '', phone: request.ids?.phoneNumberId ?? '' };
    await fault(sandbox, { match: match(ids), kind, times: 1, ...faults[kind] });
    return { what: `${kind} in ${what}`, ...ids, ...(await relay.onboard(request)) };
  }

  const begun = await Promise.all(
    Object.keys(faults).flatMap((kind) =>
      Object.entries(tried).map(([what, match]) => begin(what, kind, match)),
    ),
  );
  for (const { what, session, onboarding } of begun) {
    const done = await relay.ended(session, onboarding.id, 30_000);
    const rest = done.steps.filter(({ status }) => status !== 'done' && status !== 'skipped');
    assert.deepEqual([done.status, rest], ['completed', []], what);
  }
  const sent = await graphCalls(sandbox);
  for (const { what, phone } of begun) {
    const registers = sent.filter((call) => call.endsWith(`/${phone}/register`));
    assert.ok(registers.length <= 2, `${what}: ${registers.length} registrations`);
  }
  const { faults: left } = (await (await fetch(`${sandbox.url}/_sandbox/faults`)).json()) as {
    faults: unknown[];
  };
  assert.deepEqual(left, [], 'a fault that nobody met');
}

test('every fault in every step passes, and the onboarding completes', async (t) => {
  await survivesAll(t, calls);
});

test('every fault in a Solution Partner’s steps passes, and the line is shared', async (t) => {
  const changes = { RELAY_ROLE: 'solution-partner', RELAY_CREDIT: 'auto', RELAY_CREDIT_DAILY_CAP: '1000' };
  await survivesAll(t, partnerCalls, changes);
});

test('the exchange is sent whatever fails beside it, once for each code, and its end is always known', async (t) => {
  const relay = await startHarness(t);
  const wanted: Record<string, [number, string | undefined]> = {
    latency: [202, undefined],
    'slow-body': [202, undefined],
    'rate-limit': [422, 'code-refused'],
  };
  let codes = 0;
  for (const [kind, more] of Object.entries(faults)) {
    if (kind === 'graph-error') continue;
    await fault(relay.sandbox, { match: { path: '*/oauth/access_token' }, kind, times: 1, ...more });
    const { session, verifier } = await relay.session();
    const body = { ...signup(relay.sandbox), verifier };
    const answer = await relay.call<Problem>('POST', '/v1/onboardings', { session, body });
    const again = await relay.call<Problem>('POST', '/v1/onboardings', { session, body });
    const [status, code] = wanted[kind] ?? [502, 'exchange-unknown'];
    for (const { status: got, body } of [answer, again]) {
      assert.deepEqual([kind, got, code && body.code], [kind, status, code]);
      // Starting again helps; sending the same code again does not.
      if (code) assert.deepEqual([body.retryable, typeof body.onboarding], [false, 'string']);
    }
    codes++;
  }
  const sent = (await graphCalls(relay.sandbox)).filter((call) => call.includes('access_token'));
  assert.equal(sent.length, codes);
});
