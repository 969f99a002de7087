import { dayMs } from '../../durations.ts';
import type { App, Token } from '../../world/access.ts';
import type { Call, Caller } from '../frame/call.ts';
import { findCaller, tokenState } from '../frame/caller.ts';
import { badParameter, deadToken, GraphError, unsupportedMethod } from '../frame/errors.ts';
import { required } from '../frame/input.ts';

/** How long an app may read what a person gave it. Meta: Facebook Login › Auth vs. Data Access. */
const dataAccessMs = 90 * dayMs;

/** `GET /debug_token`. Meta: Graph API › Debug token. */
export function debugToken({ world, caller, method, parameters }: Call): Record<string, unknown> {
  if (method !== 'GET') throw unsupportedMethod(method);
  const input = required(parameters, 'input_token');
  if (!mayDebug(caller)) {
    throw badParameter(
      'You must provide an app access token, or a user access token that is an owner or developer of the app',
    );
  }
  const token = world.tokens.get(input);
  if (token?.appId === caller.app.id) {
    return { data: describe(caller.app, token, world.clock.now(), tokenState(world, token)) };
  }
  if (token) throw foreignToken();
  try {
    const { app } = findCaller(world, input);
    if (app !== caller.app) throw foreignToken();
    return { data: { app_id: app.id, type: 'APP', application: app.name, is_valid: true, scopes: [] } };
  } catch (error) {
    if (!(error instanceof GraphError) || error.details.code !== 190) throw error;
    const { code, message } = error.details;
    return { data: { error: { code, message }, is_valid: false, scopes: [] } };
  }
}

/** The app itself, the system user of the partner, and people who work on the app; a customer's token does not. */
function mayDebug(caller: Caller): boolean {
  if (caller.kind === 'app') return true;
  const { kind, userId } = caller.token;
  return kind === 'system' || (kind === 'user' && caller.app.roles.has(userId));
}

function foreignToken(): GraphError {
  return badParameter('The App_id in the input_token did not match the Viewing App');
}

function describe(
  app: App,
  token: Token,
  now: number,
  state: ReturnType<typeof tokenState>,
): Record<string, unknown> {
  // `target_ids` left out means every asset, as for the partner's own system user.
  const targets = token.wabaIds === 'all' ? {} : { target_ids: token.wabaIds };
  const dataEndsAt = token.kind === 'user' ? token.issuedAt + dataAccessMs : token.expiresAt;
  return {
    app_id: app.id,
    type: token.kind === 'user' ? 'USER' : 'SYSTEM_USER',
    application: app.name,
    data_access_expires_at: seconds(dataEndsAt),
    ...(state === 'alive' ? {} : { error: describeDeath(deadToken(state, token, now)) }),
    expires_at: seconds(token.expiresAt),
    is_valid: state === 'alive',
    issued_at: seconds(token.issuedAt),
    scopes: token.scopes,
    granular_scopes: token.scopes.map((scope) => ({
      scope,
      ...(scope.startsWith('whatsapp_') ? targets : {}),
    })),
    user_id: token.userId,
  };
}

function describeDeath({ details: { code, message, subcode } }: GraphError): Record<string, unknown> {
  return { code, message, subcode };
}

/** 0 is what never expires. */
function seconds(at: number | null): number {
  return at === null ? 0 : Math.floor(at / 1000);
}
