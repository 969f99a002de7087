import type { App, Code, Token } from '../../world/access.ts';
import { mintBusinessToken } from '../../world/tokens.ts';
import type { World } from '../../world/world.ts';
import { GraphError } from '../frame/errors.ts';

/** Meta: WhatsApp Embedded Signup › Implementation: the code lives 30 seconds. */
const codeLifetimeMs = 30_000;

/** Changes a dialog's code for the customer's business token, once. */
export function exchangeCode(world: World, app: App, parameters: Map<string, string>): Token {
  const code = findCode(world, app, parameters);
  const business = world.businesses.get(code.businessId);
  const installed = business?.installs.get(app.id);
  // Who took the app off again in these seconds takes its code along.
  if (!business || !installed) throw codeRefused(36007, 'Invalid verification code format.');
  code.usedAt = world.clock.now();
  const configuration = app.configurations.find(({ id }) => id === code.configId);
  return mintBusinessToken(world, business, installed, {
    wabaIds: code.wabaIds,
    scopes: code.scopes,
    tokenDays: configuration?.tokenDays ?? null,
  });
}

function findCode(world: World, app: App, parameters: Map<string, string>): Code {
  const text = parameters.get('code');
  if (!text) {
    throw new GraphError({
      message: 'Missing authorization code',
      type: 'OAuthException',
      code: 1,
      challenge: 'invalid_code',
    });
  }
  const code = world.codes.get(text);
  if (!code || code.appId !== app.id) {
    throw codeRefused(36007, 'Invalid verification code format.');
  }
  // Who shows it has it, whatever the dialog says later.
  code.isHeld = false;
  if (code.usedAt !== null) throw codeRefused(36009, 'This authorization code has been used.');
  if (world.clock.now() >= code.issuedAt + codeLifetimeMs) {
    throw codeRefused(36007, 'This authorization code has expired.');
  }
  // A code of the JavaScript SDK belongs to Meta's own redirect address, so none may be given; one of a plain
  // redirect names the address that it was sent to.
  if ((parameters.get('redirect_uri') ?? '') !== (code.redirectUri ?? '')) {
    throw codeRefused(
      36008,
      'Error validating verification code. Please make sure your redirect_uri is identical to the one you used in the OAuth dialog request',
    );
  }
  return code;
}

function codeRefused(subcode: number, message: string): GraphError {
  return new GraphError({ message, type: 'OAuthException', code: 100, subcode, challenge: 'invalid_code' });
}
