import { type Context, Hono } from 'hono';
import { getCookie, setCookie } from 'hono/cookie';
import { fixedCredentials } from '../credentials.ts';
import { randomDigits, randomText } from '../random.ts';
import type { World } from '../world/world.ts';

const cookieName = `sandbox_connected_${fixedCredentials.appId}`;

/**
 * Remembers in this browser that its user is connected to the app. Sent to the status route from other sites
 * too, which a browser allows for a secure cookie; on loopback, http counts as secure.
 */
export function connectBrowser(world: World, context: Context): void {
  const known = getCookie(context, cookieName);
  const userId = known && world.connectedUsers.has(known) ? known : randomDigits(world.random, 15);
  world.connectedUsers.add(userId);
  setCookie(context, cookieName, userId, {
    path: '/',
    httpOnly: true,
    secure: true,
    sameSite: 'None',
    maxAge: 365 * 24 * 60 * 60,
  });
}

/** `/x/oauth/status`: whether this browser is connected; the answer stands in two headers. */
export function createConnectionRoutes(world: World): Hono {
  const routes = new Hono();
  routes.get('/x/oauth/status', (context) => {
    const userId = getCookie(context, cookieName);
    const origin = context.req.header('origin');
    if (origin) {
      context.header('access-control-allow-origin', origin);
      context.header('access-control-allow-credentials', 'true');
      context.header('access-control-expose-headers', 'fb-s, fb-ar');
      context.header('vary', 'origin');
    }
    context.header('cache-control', 'no-store');
    if (userId && world.connectedUsers.has(userId)) {
      context.header('fb-s', 'connected');
      context.header('fb-ar', JSON.stringify(userResponse(world, userId)));
    } else {
      context.header('fb-s', 'unknown');
    }
    return context.body('');
  });
  return routes;
}

/** What a connected browser's user gets: a token of their own, and no code. */
function userResponse(world: World, userId: string): Record<string, unknown> {
  const token = `EAAU${randomText(world.random, 60)}`;
  world.tokens.set(token, {
    token,
    appId: fixedCredentials.appId,
    kind: 'user',
    userId,
    userName: world.people.get(userId)?.name ?? 'Sandbox Person',
    businessId: '',
    scopes: [],
    wabaIds: [],
    issuedAt: world.clock.now(),
    expiresAt: null,
    ended: null,
  });
  return {
    accessToken: token,
    userID: userId,
    expiresIn: 5184000,
    signedRequest: `${randomText(world.random, 43)}.${randomText(world.random, 80)}`,
    graphDomain: 'facebook',
    data_access_expiration_time: Math.floor(world.clock.now() / 1000) + 7_776_000,
  };
}
