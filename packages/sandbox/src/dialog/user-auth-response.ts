import { signedRequest } from '../webhooks/signed-request.ts';
import type { Connection } from '../world/access.ts';
import { mintToken } from '../world/tokens.ts';
import type { World } from '../world/world.ts';

/** Seconds. Meta: Access Tokens: a browser's lives an hour or two, a long-lived one sixty days. */
const lifeSeconds = { access: 2 * 60 * 60, longLived: 60 * 24 * 60 * 60 };

/** Meta: Facebook Login › Refresh user access › Data access expiration: ninety days. */
const dataAccessSeconds = 90 * 24 * 60 * 60;

/**
 * What a connected browser's user gets: tokens of their own, and no code. These are the names of the wire;
 * what the SDK makes of them for the page (`accessToken`, `userID`) is its own matter.
 */
export function userAuthResponse(world: World, connection: Connection): Record<string, unknown> {
  const { userId, appId } = connection;
  const now = Math.floor(world.clock.now() / 1000);
  return {
    access_token: issueUserToken(world, connection, lifeSeconds.access),
    user_id: userId,
    expires_in: lifeSeconds.access,
    signed_request: signedRequest(userId, world.apps.get(appId)?.secret ?? '', world.clock.now()),
    graph_domain: 'facebook',
    data_access_expiration_time: now + dataAccessSeconds,
    long_lived_token: issueUserToken(world, connection, lifeSeconds.longLived),
  };
}

function issueUserToken(world: World, { userId, userName, appId }: Connection, seconds: number): string {
  const whose = { appId, kind: 'user', userId, userName, businessId: '', scopes: [], wabaIds: [] } as const;
  return mintToken(world, whose, seconds * 1000).token;
}
