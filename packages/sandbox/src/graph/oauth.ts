import { fixedCredentials } from '../credentials.ts';
import { randomDigits, randomText } from '../random.ts';
import type { Code, World } from '../world.ts';
import { badParameter, GraphError } from './errors.ts';

/** Meta: WhatsApp Embedded Signup › Implementation: the code lives 30 seconds. */
const codeLifetimeMs = 30_000;

/** `/oauth/access_token`: changes a dialog's code for the customer's business token, once. */
export function exchangeCode(
  world: World,
  parameters: Map<string, string>,
): { access_token: string; token_type: 'bearer' } {
  checkApp(parameters);
  const code = findCode(world, parameters);
  code.usedAt = world.clock.now();
  const business = world.businesses.get(code.businessId);
  const token = `EAA${randomText(world.random, 80)}`;
  world.tokens.set(token, {
    token,
    kind: 'business',
    userId: randomDigits(world.random, 15),
    userName: `${business?.name ?? 'Customer'} (business integration)`,
    businessId: code.businessId,
    wabaIds: [code.wabaId],
    issuedAt: world.clock.now(),
  });
  return { access_token: token, token_type: 'bearer' };
}

function findCode(world: World, parameters: Map<string, string>): Code {
  const text = parameters.get('code');
  if (!text) throw badParameter('The parameter code is required.');
  const code = world.codes.get(text);
  if (!code || code.appId !== parameters.get('client_id')) {
    throw codeRefused(36007, 'Invalid verification code format.');
  }
  if (code.usedAt !== null) throw codeRefused(36009, 'This authorization code has been used.');
  if (world.clock.now() >= code.issuedAt + codeLifetimeMs) {
    throw codeRefused(36007, 'This authorization code has expired.');
  }
  // A code of the JavaScript SDK belongs to Meta's own redirect address, so none may be given.
  if (parameters.get('redirect_uri')) {
    throw codeRefused(
      36008,
      'Error validating verification code. Please make sure your redirect_uri is identical to the one you used in the OAuth dialog request',
    );
  }
  return code;
}

function checkApp(parameters: Map<string, string>): void {
  const clientId = parameters.get('client_id');
  if (!clientId) {
    throw new GraphError({
      message: 'Missing client_id parameter.',
      type: 'OAuthException',
      code: 101,
      challenge: 'invalid_client',
    });
  }
  if (clientId !== fixedCredentials.appId) {
    throw new GraphError({
      message: 'Error validating application. Cannot get application info due to a system error.',
      type: 'OAuthException',
      code: 101,
      challenge: 'invalid_client',
    });
  }
  if (parameters.get('client_secret') !== fixedCredentials.appSecret) {
    throw new GraphError({
      message: 'Error validating client secret.',
      type: 'OAuthException',
      code: 1,
      challenge: 'invalid_client',
    });
  }
}

function codeRefused(subcode: number, message: string): GraphError {
  return new GraphError({ message, type: 'OAuthException', code: 100, subcode, challenge: 'invalid_code' });
}
