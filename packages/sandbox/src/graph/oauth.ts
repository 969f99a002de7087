import { randomDigits, randomText } from '../random.ts';
import type { App, Code, Token } from '../world/access.ts';
import type { World } from '../world/world.ts';
import { badParameter, GraphError } from './errors.ts';

/** Meta: WhatsApp Embedded Signup › Implementation: the code lives 30 seconds. */
const codeLifetimeMs = 30_000;

const dayMs = 24 * 60 * 60 * 1000;

interface TokenAnswer {
  access_token: string;
  token_type: 'bearer';
  /** Seconds; absent where it never expires. */
  expires_in?: number;
}

/** `/oauth/access_token`: changes a dialog's code for the customer's business token, once. */
export function accessToken(world: World, parameters: Map<string, string>): TokenAnswer {
  const app = readApp(world, parameters);
  const code = findCode(world, app, parameters);
  code.usedAt = world.clock.now();
  const business = world.businesses.get(code.businessId);
  const configuration = app.configurations.find(({ id }) => id === code.configId);
  const days = configuration?.tokenDays ?? null;
  return giveToken(world, {
    appId: app.id,
    kind: 'business',
    userId: randomDigits(world.random, 15),
    userName: `${business?.name ?? 'Customer'} (business integration)`,
    businessId: code.businessId,
    scopes: code.scopes,
    wabaIds: code.wabaIds,
    expiresAt: days === null ? null : world.clock.now() + days * dayMs,
  });
}

/** Makes a token and says it as Meta does. */
export function giveToken(world: World, token: Omit<Token, 'token' | 'issuedAt' | 'ended'>): TokenAnswer {
  const text = `EAA${randomText(world.random, 80)}`;
  const issuedAt = world.clock.now();
  world.tokens.set(text, { ...token, token: text, issuedAt, ended: null });
  return {
    access_token: text,
    token_type: 'bearer',
    ...(token.expiresAt === null ? {} : { expires_in: Math.floor((token.expiresAt - issuedAt) / 1000) }),
  };
}

function findCode(world: World, app: App, parameters: Map<string, string>): Code {
  const text = parameters.get('code');
  if (!text) throw badParameter('The parameter code is required.');
  const code = world.codes.get(text);
  if (!code || code.appId !== app.id) {
    throw codeRefused(36007, 'Invalid verification code format.');
  }
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

function readApp(world: World, parameters: Map<string, string>): App {
  const clientId = parameters.get('client_id');
  if (!clientId) {
    throw new GraphError({
      message: 'Missing client_id parameter.',
      type: 'OAuthException',
      code: 101,
      challenge: 'invalid_client',
    });
  }
  const app = world.apps.get(clientId);
  if (!app) {
    throw new GraphError({
      message: 'Error validating application. Cannot get application info due to a system error.',
      type: 'OAuthException',
      code: 101,
      challenge: 'invalid_client',
    });
  }
  if (parameters.get('client_secret') !== app.secret) {
    throw new GraphError({
      message: 'Error validating client secret.',
      type: 'OAuthException',
      code: 1,
      challenge: 'invalid_client',
    });
  }
  return app;
}

function codeRefused(subcode: number, message: string): GraphError {
  return new GraphError({ message, type: 'OAuthException', code: 100, subcode, challenge: 'invalid_code' });
}
