import type { TestContext } from 'node:test';
import type { Onboarding, SessionGrant } from 'whatsapp-embedded-signup/protocol';
import { sha256, toBase64Url } from '../encoding.ts';
import type { RelayOptions } from '../relay.ts';
import type { Environment } from '../settings/source.ts';
import { type Harness, signup, startHarness } from './harness.ts';

/** A relay whose portal offers coexistence. */
export async function startCoexistence(
  t: TestContext,
  options: Partial<RelayOptions> = {},
  changes: Environment = {},
): Promise<Harness> {
  return startHarness(t, { RELAY_FLOWS: '{"standard":{},"coexistence":{}}', ...changes }, options);
}

export interface Begun {
  session: string;
  onboarding: Onboarding;
  wabaId: string;
}

/** Signs up with a number of the WhatsApp Business app, and redeems the code. */
export async function onboardFromApp(
  relay: Harness,
  request = signup(relay.sandbox, 'coexistence'),
): Promise<Begun> {
  const verifier = toBase64Url(crypto.getRandomValues(new Uint8Array(32)));
  const challenge = toBase64Url(await sha256(verifier));
  const { body } = await relay.call<SessionGrant>('POST', '/v1/sessions', {
    body: { portal: 'default', challenge, flow: 'coexistence' },
  });
  const answer = await relay.redeem(body.session, { ...request, verifier });
  return { session: body.session, onboarding: answer.body, wabaId: request.ids?.wabaId ?? '' };
}
