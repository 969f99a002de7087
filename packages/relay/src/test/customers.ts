import type { TestContext } from 'node:test';
import type {
  FlowName,
  InputKind,
  Onboarding,
  RedeemRequest,
  SessionGrant,
} from 'whatsapp-embedded-signup/protocol';
import type { RelayOptions } from '../relay.ts';
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

/** The events for the site's backend, oldest first. */
export interface Told {
  portal: string;
  type: string;
  data: Record<string, unknown> & { account?: { wabaId: string }; reference: string | null };
}
