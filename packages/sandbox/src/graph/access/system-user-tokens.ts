import { dayMs } from '../../durations.ts';
import type { SystemUser } from '../../world/access.ts';
import { mintToken } from '../../world/tokens.ts';
import { requireAdmin } from '../business/business-role.ts';
import { type Call, requirePermission } from '../frame/call.ts';
import { requireProof } from '../frame/caller.ts';
import { badParameter } from '../frame/errors.ts';
import { optionalBoolean, required } from '../frame/input.ts';
import { readList, requireOneOf } from '../frame/list-parameter.ts';
import type { Answer } from '../frame/node-type.ts';

const sixtyDaysMs = 60 * dayMs;

/**
 * `POST /{system user}/access_tokens`: a token for a system user of one's own, for the app that the call is of.
 * Meta: System users › Generate access token: asked by an admin of the business, with a proof.
 */
export function makeSystemUserToken(user: SystemUser, call: Call): Answer {
  const { world, caller, parameters } = call;
  requireProof(parameters);
  requirePermission(caller, 'business_management');
  requireAdmin(call);
  const appId = required(parameters, 'business_app');
  if (appId !== caller.app.id) throw badParameter('The system user has not installed this app');
  const scopes = readList(parameters, 'scope') ?? [];
  if (scopes.length === 0) throw badParameter('The parameter scope is required.');
  for (const scope of scopes) requireOneOf('scope', scope, [...caller.app.permissions]);
  const { token } = mintToken(
    world,
    {
      appId,
      kind: 'system',
      userId: user.id,
      userName: user.name,
      businessId: user.businessId,
      scopes,
      wabaIds: 'all',
    },
    optionalBoolean(parameters, 'set_token_expires_in_60_days') ? sixtyDaysMs : null,
  );
  return { access_token: token };
}
