import type { App, Token } from '../../world/access.ts';
import { mintToken } from '../../world/tokens.ts';
import type { World } from '../../world/world.ts';
import type { Caller, Method } from '../frame/call.ts';
import { appToken, livingToken } from '../frame/caller.ts';
import { badParameter, GraphError, notPermitted, unsupportedMethod } from '../frame/errors.ts';
import { optionalBoolean, required } from '../frame/input.ts';
import { exchangeCode } from './code-exchange.ts';

/** 60 days less a little, as Meta gives them. Meta: System users › Refresh access token. */
const renewedLifetimeMs = 5_183_944_000;

/** `/oauth/access_token`: gives a token for a code, for another token, or to the app itself. */
export function accessToken(
  world: World,
  method: Method,
  parameters: Map<string, string>,
): Record<string, unknown> {
  if (method === 'DELETE') throw unsupportedMethod(method);
  const app = readApp(world, parameters);
  const grant = parameters.get('grant_type') || 'authorization_code';
  switch (grant) {
    case 'authorization_code':
      return tokenAnswer(exchangeCode(world, app, parameters));
    // Meta: Facebook Login › Access tokens › App access tokens.
    case 'client_credentials':
      return { access_token: appToken(app), token_type: 'bearer' };
    case 'fb_exchange_token':
      return tokenAnswer(exchangeToken(world, app, parameters));
    default:
      throw badParameter(`Param grant_type is not supported - got "${grant}".`);
  }
}

/** `GET /oauth/revoke`. Meta: System users › Revoke access token. Asked by the token's user, its business or the app. */
export function revokeToken(
  world: World,
  method: Method,
  parameters: Map<string, string>,
  caller: Caller,
): Record<string, unknown> {
  if (method === 'DELETE') throw unsupportedMethod(method);
  const app = readApp(world, parameters);
  const token = livingToken(world, required(parameters, 'revoke_token'));
  if (token.appId !== app.id || caller.app.id !== app.id) throw foreignToken(app);
  const isOwn =
    caller.kind === 'app' ||
    caller.token.userId === token.userId ||
    (caller.token.kind === 'system' && caller.token.businessId === token.businessId);
  if (!isOwn) throw notPermitted();
  token.ended = 'revoked';
  return { success: true };
}

/**
 * Changes a token for one that lives longer; the old one lives on to its own end. A business token cannot be
 * renewed like that. Meta: Facebook Login › Long-lived access tokens, and System users › Refresh access token.
 */
function exchangeToken(world: World, app: App, parameters: Map<string, string>): Token {
  const token = livingToken(world, required(parameters, 'fb_exchange_token'));
  if (token.appId !== app.id) throw foreignToken(app);
  if (token.kind === 'business') throw notPermitted();
  const expires =
    token.kind === 'user' || optionalBoolean(parameters, 'set_token_expires_in_60_days') === true;
  return mintToken(world, token, expires ? renewedLifetimeMs : null);
}

/** A token as Meta hands it out: `expires_in` in seconds, absent where it never expires. */
function tokenAnswer({ token, issuedAt, expiresAt }: Token): Record<string, unknown> {
  return {
    access_token: token,
    token_type: 'bearer',
    ...(expiresAt === null ? {} : { expires_in: Math.floor((expiresAt - issuedAt) / 1000) }),
  };
}

function readApp(world: World, parameters: Map<string, string>): App {
  const clientId = parameters.get('client_id');
  if (!clientId) throw appRefused(101, 'Missing client_id parameter.');
  const app = world.apps.get(clientId);
  if (!app) {
    throw appRefused(101, 'Error validating application. Cannot get application info due to a system error.');
  }
  if (parameters.get('client_secret') !== app.secret) throw appRefused(1, 'Error validating client secret.');
  return app;
}

function appRefused(code: number, message: string): GraphError {
  return new GraphError({ message, type: 'OAuthException', code, challenge: 'invalid_client' });
}

function foreignToken(app: App): GraphError {
  return new GraphError({
    message: `The access token does not belong to application ${app.id}`,
    type: 'OAuthException',
    code: 190,
    challenge: 'invalid_token',
  });
}
