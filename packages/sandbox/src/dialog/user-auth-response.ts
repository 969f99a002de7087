import { createHmac } from 'node:crypto';
import { randomText } from '../random.ts';
import type { App, Connection } from '../world/access.ts';
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
    signed_request: signRequest(world.apps.get(appId), { user_id: userId, issued_at: now }),
    graph_domain: 'facebook',
    data_access_expiration_time: now + dataAccessSeconds,
    long_lived_token: issueUserToken(world, connection, lifeSeconds.longLived),
  };
}

function issueUserToken(world: World, { userId, userName, appId }: Connection, seconds: number): string {
  const token = `EAAU${randomText(world.random, 60)}`;
  const issuedAt = world.clock.now();
  world.tokens.set(token, {
    token,
    appId,
    kind: 'user',
    userId,
    userName,
    businessId: '',
    scopes: [],
    wabaIds: [],
    issuedAt,
    expiresAt: issuedAt + seconds * 1000,
    ended: null,
  });
  return token;
}

/** Meta: Facebook Login › Signed requests: a signature and a payload in base64url, with a dot between. */
function signRequest(app: App | undefined, fields: Record<string, unknown>): string {
  const payload = Buffer.from(JSON.stringify({ algorithm: 'HMAC-SHA256', ...fields })).toString('base64url');
  const signature = createHmac('sha256', app?.secret ?? '')
    .update(payload)
    .digest('base64url');
  return `${signature}.${payload}`;
}
