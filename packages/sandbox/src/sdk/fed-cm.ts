import { type Context, Hono } from 'hono';
import { connectBrowser, readConnections } from '../dialog/connection.ts';
import { userAuthResponse } from '../dialog/user-auth-response.ts';
import { getOnly } from '../get-only.ts';
import { isLoopback } from '../loopback.ts';
import { requestOrigin } from '../request-origin.ts';
import type { World } from '../world/world.ts';

/**
 * What a browser needs to log in with Facebook by its own dialog (FedCM). Whose browser is connected to an app
 * is signed in. W3C: Federated Credential Management API › Identity Provider HTTP API.
 */
export function createFedCmRoutes(world: World): Hono {
  const routes = new Hono();

  // A browser reads it at the registrable domain: at https://facebook.com for https://www.facebook.com.
  routes.get('/.well-known/web-identity', (context) => {
    const origin = requestOrigin(context.req.raw);
    const provider = isLoopback(origin) ? origin : 'https://www.facebook.com';
    return context.json({ provider_urls: [`${provider}/fed_cm/config.json`] });
  });

  routes.get('/fed_cm/config.json', (context) => {
    context.header('access-control-allow-origin', '*');
    return context.json({
      accounts_endpoint: '/fed_cm/accounts',
      id_assertion_endpoint: '/fed_cm/assertion',
      login_url: '/fed_cm/login',
    });
  });

  routes.get('/fed_cm/accounts', (context) => {
    if (!isFromBrowser(context)) return context.json({ error: 'invalid_request' }, 400);
    const accounts = readConnections(world, context).map(({ userId, userName, appId, isConnected }) => ({
      id: userId,
      name: userName,
      email: `${userId}@facebook.example`,
      approved_clients: isConnected ? [appId] : [],
    }));
    return accounts.length === 0
      ? context.json({ error: 'login_required' }, 401)
      : context.json({ accounts });
  });

  routes.post('/fed_cm/assertion', async (context) => {
    const { account_id: userId, client_id: appId } = await context.req
      .parseBody()
      .catch(() => ({}) as Record<string, unknown>);
    const connection = readConnections(world, context).find(
      (known) => known.userId === userId && known.appId === appId,
    );
    if (!isFromBrowser(context) || !connection)
      return context.json({ error: { code: 'access_denied' } }, 400);
    connection.isConnected = true;
    context.header('access-control-allow-origin', context.req.header('origin') ?? 'null');
    context.header('access-control-allow-credentials', 'true');
    return context.json({ token: JSON.stringify(userAuthResponse(world, connection)) });
  });

  /** A browser opens it where nobody is signed in. */
  routes.get('/fed_cm/login', getOnly, (context) => {
    connectBrowser(world, context);
    return context.html(
      '<!doctype html><title>Sandbox</title>Signed in.<script>IdentityProvider.close()</script>',
    );
  });

  return routes;
}

/** Pages cannot send it, so only a browser's own request finds out who is signed in. */
function isFromBrowser(context: Context): boolean {
  return context.req.header('sec-fetch-dest') === 'webidentity';
}
