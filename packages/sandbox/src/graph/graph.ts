import { type Context, Hono } from 'hono';
import { requestOrigin } from '../request-origin.ts';
import type { World } from '../world/world.ts';
import { debugToken } from './access/debug-token.ts';
import { accessToken, revokeToken } from './access/oauth.ts';
import type { Call, Caller, Method } from './frame/call.ts';
import { readCaller } from './frame/caller.ts';
import { GraphError, graphRefusal, notVisible } from './frame/errors.ts';
import { handle, unknownPath } from './frame/handle.ts';
import { readMany } from './frame/many.ts';
import { findNode } from './frame/node-type.ts';
import { type Input, readParameters } from './frame/parameters.ts';
import { renderAnswer } from './frame/select.ts';
import { countCall } from './frame/usage.ts';
import { servedVersion, splitVersion } from './frame/versions.ts';
import { keepActivities } from './messaging/activities.ts';
import { nodeTypes } from './nodes.ts';

export interface GraphOptions {
  world: World;
  /** Speaks to the callbacks that apps name, no longer than they may take. */
  fetch: typeof fetch;
}

/** The Graph API: to be mounted at the root, since every path takes a version or none. */
export function createGraph({ world, fetch }: GraphOptions): Hono {
  const graph = new Hono();
  keepActivities(world);

  graph.all('*', async (context) => {
    const { version: asked, path } = splitVersion(context.req.path);
    const version = servedVersion(world, asked);
    const headers = new Headers({
      'facebook-api-version': version,
      // Refusals too: the SDK's FB.api reads them in a page.
      'access-control-allow-origin': '*',
    });
    try {
      const input = await readParameters(context);
      const body = await answer({ path, version, input, context, headers });
      headers.set('content-type', 'application/json; charset=UTF-8');
      headers.set('cache-control', 'no-store');
      return new Response(JSON.stringify(body), { headers });
    } catch (error) {
      const refusal = graphRefusal(world.random, error);
      for (const [name, value] of headers) refusal.headers.set(name, value);
      return refusal;
    }
  });

  async function answer(request: {
    path: string[];
    version: string;
    input: Input;
    context: Context;
    headers: Headers;
  }): Promise<unknown> {
    const { path, version, input, context, headers } = request;
    const { parameters, files } = input;
    const { raw } = context.req;
    const method = readMethod(raw.method, parameters);
    const route = path.join('/');
    if (route === 'oauth/access_token') return accessToken(world, method, parameters);
    const [name = '', edge, child, ...rest] = path;
    const isMany = route === '' && method === 'GET' && parameters.has('ids');
    const isKnown =
      isMany ||
      route === 'debug_token' ||
      route === 'oauth/revoke' ||
      (rest.length === 0 && /^(\d+|me|app)$/.test(name));
    if (!isKnown) throw unknownPath(context.req.path);
    const caller = readCaller(world, raw, parameters);
    if (route === 'oauth/revoke') return revokeToken(world, method, parameters, caller);
    const call: Call = {
      world,
      caller,
      method,
      version,
      parameters,
      files,
      url: pageUrl(raw, parameters, caller),
      find: (id) => findNode(nodeTypes, id, call),
      random: world.random,
      fetch,
    };
    if (route === 'debug_token') {
      countCall(call, null, headers);
      return debugToken(call);
    }
    if (isMany) return readMany(call, headers);
    const found = call.find(ownName(name, caller));
    if (!found) throw notVisible(method, name);
    countCall(call, { found, edge }, headers);
    return renderAnswer(await handle(found, { edge, child }, call), call);
  }

  return graph;
}

/** Meta's links carry the token, wherever it came in: they can be fetched as they are. */
function pageUrl(request: Request, parameters: Map<string, string>, caller: Caller): URL {
  const url = new URL(new URL(request.url).pathname, requestOrigin(request));
  for (const [name, value] of parameters) if (name !== 'method') url.searchParams.set(name, value);
  url.searchParams.set('access_token', caller.text);
  return url;
}

/** `me` is whoever holds the token, which an app itself is not; `app` is the app that it is of. */
function ownName(name: string, caller: Caller): string {
  if (name === 'app') return caller.app.id;
  if (name !== 'me') return name;
  if (caller.kind === 'token') return caller.token.userId;
  throw new GraphError({
    message: 'An active access token must be used to query information about the current user.',
    type: 'OAuthException',
    code: 2500,
    challenge: 'invalid_request',
  });
}

/** Who can only send GET or POST says what is meant: `method=delete`. Meta: Graph API › Overview. */
function readMethod(method: string, parameters: Map<string, string>): Method {
  const canSay = method === 'GET' || method === 'POST';
  const said = canSay ? (parameters.get('method')?.toUpperCase() ?? method) : method;
  if (said === 'GET' || said === 'POST' || said === 'DELETE') return said;
  throw new GraphError({ message: 'Unsupported method', type: 'GraphMethodException', code: 100 });
}
