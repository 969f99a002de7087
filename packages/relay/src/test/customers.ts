import type { TestContext } from 'node:test';
import { sql } from 'kysely';
import type {
  FlowName,
  InputKind,
  Onboarding,
  RedeemRequest,
  SessionGrant,
} from 'whatsapp-embedded-signup/protocol';
import type { RelayOptions } from '../relay.ts';
import type { Store } from '../store/store.ts';
import type { Harness } from './harness.ts';
import { signup, startHarness } from './harness.ts';

/** The portal key of the tests. */
export const key = 'key-of-the-site';

/** A relay whose site has a backend, and offers every flow. */
export function startSite(t: TestContext, options: Partial<RelayOptions> = {}): Promise<Harness> {
  return startHarness(
    t,
    { RELAY_API_KEY: key, RELAY_FLOWS: '{"standard":{},"coexistence":{},"app-only":{}}' },
    options,
  );
}

export interface Begun {
  session: string;
  id: string;
  /** Waits until the onboarding rests: it has ended, or waits for somebody. */
  rested(): Promise<Onboarding>;
  /** Answers as the site's backend; gives the HTTP status. */
  say(kind: InputKind, value: string | boolean): Promise<number>;
}

/** Signs up a customer whom the site's backend knows by a reference. */
export async function connect(
  relay: Harness,
  customer: { reference?: string; flow?: FlowName; reconnect?: string } = {},
  request: RedeemRequest = signup(relay.sandbox),
): Promise<Begun> {
  const { body } = await relay.call<SessionGrant>('POST', '/v1/sessions', {
    key,
    body: { portal: 'default', reference: 'customer-1', ...customer },
  });
  const { session } = body;
  const { id } = (await relay.redeem(session, request)).body;
  return {
    session,
    id,
    async rested() {
      for (const until = Date.now() + 10_000; Date.now() < until; ) {
        const { body: view } = await relay.call<Onboarding>('GET', `/v1/onboardings/${id}`, { key });
        if (view.status !== 'running' && view.status !== 'exchanging') return view;
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
      throw new Error(`The onboarding ${id} does not come to rest.`);
    },
    say: async (kind, value) =>
      (await relay.call('POST', `/v1/onboardings/${id}/input`, { key, body: { kind, value } })).status,
  };
}

/** What the site's backend was told of accounts and ended onboardings, in order: `type` of `reference`. */
export async function told(store: Store): Promise<string[]> {
  const rows = await store.selectFrom('outbox').select(['type', 'body']).orderBy(sql`rowid`).execute();
  return rows.map(({ type, body }) => {
    const { data } = JSON.parse(body) as { data: { reference: string | null } };
    return `${type} of ${data.reference}`;
  });
}
