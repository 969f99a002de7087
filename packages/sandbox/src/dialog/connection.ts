import { type Context, Hono } from 'hono';
import { getCookie, setCookie } from 'hono/cookie';
import { fixedCredentials } from '../credentials.ts';
import { getOnly } from '../get-only.ts';
import type { Connection } from '../world/access.ts';
import type { World } from '../world/world.ts';
import { userAuthResponse } from './user-auth-response.ts';

const cookieName = (appId: string): string => `sandbox_connected_${appId}`;

/**
 * Remembers in this browser that its user is connected to the app. Sent to the status route from other sites
 * too, which a browser allows for a secure cookie; on loopback, http counts as secure.
 */
export function connectBrowser(
  world: World,
  context: Context,
  { appId = fixedCredentials.appId, userName = 'Sandbox Person' }: { appId?: string; userName?: string } = {},
): void {
  const known = readConnections(world, context).find((connection) => connection.appId === appId);
  const userId = known?.userId ?? world.newIdentity().id;
  world.connections.set(userId, { userId, appId, userName, isConnected: true });
  writeCookie(context, appId, userId, 365 * 24 * 60 * 60);
  // A browser offers its own login only where it knows that somebody is signed in. W3C: Login Status API.
  context.header('set-login', 'logged-in');
}

/**
 * What the SDK asks of its own accord: whether this browser is connected, and to end that. The answers stand
 * in headers. Meta: Facebook SDK for JavaScript › FB.getLoginStatus(), FB.logout().
 */
export function createConnectionRoutes(world: World): Hono {
  const routes = new Hono();

  routes.use('/x/oauth/*', getOnly, async (context, next) => {
    const origin = context.req.header('origin');
    if (origin) {
      context.header('access-control-allow-origin', origin);
      context.header('access-control-allow-credentials', 'true');
      context.header('access-control-expose-headers', 'fb-s, fb-ar');
      context.header('vary', 'origin');
    }
    context.header('cache-control', 'no-store');
    await next();
  });

  routes.get('/x/oauth/status', (context) => {
    const appId = context.req.query('client_id');
    const connection = readConnections(world, context).find((known) => known.appId === appId);
    if (!connection) context.header('fb-s', 'unknown');
    else if (!connection.isConnected) context.header('fb-s', 'not_authorized');
    else {
      context.header('fb-s', 'connected');
      context.header('fb-ar', JSON.stringify(userAuthResponse(world, connection)));
    }
    return context.body('');
  });

  routes.get('/x/oauth/logout', (context) => {
    const token = world.tokens.get(context.req.query('access_token') ?? '');
    if (token?.kind === 'user') {
      world.connections.delete(token.userId);
      token.ended = 'revoked';
      writeCookie(context, token.appId, '', 0);
    }
    context.header('set-login', 'logged-out');
    return context.body('');
  });
  return routes;
}

/** Whom the browser's cookies name: one for every app, at the most. */
export function readConnections(world: World, context: Context): Connection[] {
  return Object.entries(getCookie(context)).flatMap(([name, userId]) => {
    const connection = world.connections.get(userId);
    return connection && name === cookieName(connection.appId) ? [connection] : [];
  });
}

/**
 * Written twice: for the host itself, and for all of facebook.com, since on a phone the dialog opens at
 * m.facebook.com and the status is asked at www.facebook.com. A browser ignores the second anywhere else, so
 * nobody needs to know the host.
 */
function writeCookie(context: Context, appId: string, userId: string, maxAge: number): void {
  const attributes = { path: '/', httpOnly: true, secure: true, sameSite: 'None', maxAge } as const;
  setCookie(context, cookieName(appId), userId, attributes);
  setCookie(context, cookieName(appId), userId, { ...attributes, domain: 'facebook.com' });
}
