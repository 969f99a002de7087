import { appName, appToken, fixedCredentials } from '../credentials.ts';
import type { Token, World } from '../world.ts';
import type { Caller } from './caller.ts';
import { badParameter } from './errors.ts';

const scopes = ['whatsapp_business_management', 'whatsapp_business_messaging'];

/** `GET /debug_token`. Meta: Graph API › Debug token. Asked with the app's or the system user's token. */
export function debugToken(world: World, caller: Caller, input: string | undefined): Record<string, unknown> {
  if (!input) throw badParameter('The parameter input_token is required.');
  if (caller.kind === 'token' && caller.token.kind !== 'system') {
    throw badParameter(
      'You must provide an app access token, or a user access token that is an owner or developer of the app',
    );
  }
  if (input === appToken) {
    return {
      data: { app_id: fixedCredentials.appId, type: 'APP', application: appName, is_valid: true, scopes: [] },
    };
  }
  const token = world.tokens.get(input);
  if (!token) {
    return {
      data: {
        error: { code: 190, message: 'Invalid OAuth access token - Cannot parse access token' },
        is_valid: false,
        scopes: [],
      },
    };
  }
  return { data: describe(token) };
}

function describe(token: Token): Record<string, unknown> {
  const granted = token.kind === 'user' ? [] : scopes;
  // `target_ids` left out means every asset, as for the partner's own system user.
  const targets = token.wabaIds === 'all' ? {} : { target_ids: token.wabaIds };
  return {
    app_id: fixedCredentials.appId,
    type: token.kind === 'user' ? 'USER' : 'SYSTEM_USER',
    application: appName,
    data_access_expires_at: 0,
    expires_at: 0,
    is_valid: true,
    issued_at: Math.floor(token.issuedAt / 1000),
    scopes: granted,
    granular_scopes: granted.map((scope) => ({ scope, ...targets })),
    user_id: token.userId,
  };
}
