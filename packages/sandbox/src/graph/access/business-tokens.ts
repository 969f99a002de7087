import type { Token } from '../../world/access.ts';
import type { Business } from '../../world/assets.ts';
import type { Install } from '../../world/installs.ts';
import { mintBusinessToken } from '../../world/tokens.ts';
import type { World } from '../../world/world.ts';
import { type Call, requirePermission } from '../frame/call.ts';
import { requireProof, tokenState } from '../frame/caller.ts';
import { badParameter, notPermitted } from '../frame/errors.ts';
import { optionalBoolean } from '../frame/input.ts';
import { readList, requireOneOf } from '../frame/list-parameter.ts';
import type { Edge } from '../frame/node-type.ts';

/**
 * `POST /{customer's business}/system_user_access_tokens`: the token that the business granted the app, again, or
 * one more. For the partner's system user, and for a business token that lives, always with a proof.
 * Meta: Facebook Login for Business › Business integration system user access token management.
 */
export const businessTokens: Edge<Business> = {
  post: (business, call) => {
    const { world, caller, parameters } = call;
    requireProof(parameters);
    requirePermission(caller, 'business_management');
    if (caller.kind === 'token' && caller.token.kind === 'user') throw notPermitted();
    const installed = business.installs.get(caller.app.id);
    if (!installed) throw badParameter('The business has no system user of this app');
    const token = optionalBoolean(parameters, 'fetch_only')
      ? fetchToken(world, business, installed)
      : mintBusinessToken(world, business, installed, readGrant(call, installed));
    return { access_token: token.token };
  },
};

/** The newest token. Where the code of the last dialog was never exchanged, nobody has it yet. */
function fetchToken(world: World, business: Business, installed: Install): Token {
  const newest = installed.token === null ? undefined : world.tokens.get(installed.token);
  if (!newest) return mintBusinessToken(world, business, installed, installed);
  if (tokenState(world, newest) === 'alive') return newest;
  throw badParameter('There is no valid access token of this system user to fetch');
}

/** What the new token may do: all that the business granted, or the part of it that the call names. */
function readGrant({ parameters }: Call, installed: Install): Parameters<typeof mintBusinessToken>[3] {
  const scopes = readList(parameters, 'scope') ?? installed.scopes;
  for (const scope of scopes) requireOneOf('scope', scope, installed.scopes);
  const assets = readList(parameters, 'asset') ?? installed.wabaIds;
  for (const asset of assets) requireOneOf('asset', asset, installed.wabaIds);
  return {
    scopes,
    wabaIds: installed.wabaIds.filter((id) => assets.includes(id)),
    tokenDays: optionalBoolean(parameters, 'set_token_expires_in_60_days') ? 60 : null,
  };
}
