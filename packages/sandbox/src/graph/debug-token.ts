import type { App, Token } from '../world/access.ts';
import type { Call } from './call.ts';
import { findCaller, tokenState } from './caller.ts';
import { badParameter, GraphError } from './errors.ts';

/** `GET /debug_token`. Meta: Graph API › Debug token. Asked with the app's or the system user's token. */
export function debugToken({ world, caller, parameters }: Call): Record<string, unknown> {
  const input = parameters.get('input_token');
  if (!input) throw badParameter('The parameter input_token is required.');
  if (caller.kind === 'token' && caller.token.kind !== 'system') {
    throw badParameter(
      'You must provide an app access token, or a user access token that is an owner or developer of the app',
    );
  }
  const token = world.tokens.get(input);
  if (token) {
    if (token.appId !== caller.app.id) {
      throw badParameter('The App_id in the input_token did not match the Viewing App');
    }
    return { data: describe(caller.app, token, tokenState(world, token)) };
  }
  try {
    const { app } = findCaller(world, input);
    return { data: { app_id: app.id, type: 'APP', application: app.name, is_valid: true, scopes: [] } };
  } catch (error) {
    if (!(error instanceof GraphError)) throw error;
    const { code, message } = error.details;
    return { data: { error: { code, message }, is_valid: false, scopes: [] } };
  }
}

const reasons = { expired: 463, revoked: 467, 'app-removed': 458 };

function describe(app: App, token: Token, state: ReturnType<typeof tokenState>): Record<string, unknown> {
  // `target_ids` left out means every asset, as for the partner's own system user.
  const targets = token.wabaIds === 'all' ? {} : { target_ids: token.wabaIds };
  return {
    app_id: app.id,
    type: token.kind === 'user' ? 'USER' : 'SYSTEM_USER',
    application: app.name,
    data_access_expires_at: seconds(token.expiresAt),
    ...(state === 'alive'
      ? {}
      : {
          error: {
            code: 190,
            message: 'Error validating access token: it is not valid any more.',
            subcode: reasons[state],
          },
        }),
    expires_at: seconds(token.expiresAt),
    is_valid: state === 'alive',
    issued_at: Math.floor(token.issuedAt / 1000),
    scopes: token.scopes,
    granular_scopes: token.scopes.map((scope) => ({
      scope,
      ...(scope.startsWith('whatsapp_') ? targets : {}),
    })),
    user_id: token.userId,
  };
}

/** 0 is what never expires. */
function seconds(at: number | null): number {
  return at === null ? 0 : Math.floor(at / 1000);
}
