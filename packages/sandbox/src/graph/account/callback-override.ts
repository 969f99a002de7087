import { isCallbackUrl } from '../../callback-url.ts';
import { verifyCallback } from '../../webhooks/verify.ts';
import type { CallbackOverride, Waba } from '../../world/assets.ts';
import type { Call } from '../frame/call.ts';
import { badParameter, callbackRefused } from '../frame/errors.ts';

/** Meta: Webhooks › Override: the longest address. */
const longest = 200;

/**
 * Checks an override as Meta does: the app must be subscribed to the account already, and the callback must answer
 * the verification request at once. Meta: Webhooks › Override.
 */
export async function takeOverride(
  asked: { uri: string; verifyToken: unknown },
  waba: Waba,
  { caller, fetch, random }: Call,
): Promise<CallbackOverride> {
  const { uri, verifyToken } = asked;
  if (!waba.subscriptions.has(caller.app.id)) {
    throw badParameter(
      'Before override the current callback uri, your app must be subscribed to receive messages for WhatsApp Business Account',
    );
  }
  if (uri.length > longest) {
    throw badParameter(`Param override_callback_uri must be at most ${longest} characters long.`);
  }
  if (!isCallbackUrl(uri)) {
    throw badParameter('Invalid callback URI format', 'override_callback_uri must be an https address.');
  }
  if (typeof verifyToken !== 'string' || verifyToken === '') {
    throw badParameter('The parameter verify_token is required.');
  }
  const problem = await verifyCallback({ url: uri, verifyToken }, { fetch, random });
  if (problem !== null) {
    throw callbackRefused(problem);
  }
  return { callbackUrl: uri, verifyToken };
}
