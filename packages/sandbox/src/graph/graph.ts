import { type Context, Hono } from 'hono';
import { requestOrigin } from '../request-origin.ts';
import type { World } from '../world/world.ts';
import type { Call, Caller, Method } from './call.ts';
import { readCaller } from './caller.ts';
import { debugToken } from './debug-token.ts';
import { GraphError, graphRefusal, notVisible } from './errors.ts';
import { keepActivities } from './messaging/activities.ts';
import { type Answer, findNode, type NodeAnswer } from './node-type.ts';
import { nodeTypes } from './nodes.ts';
import { accessToken, revokeToken } from './oauth.ts';
import { type Input, readParameters } from './parameters.ts';
import { renderAnswer } from './select.ts';
import { countCall, RateLimitError, usageHeaders } from './usage.ts';
import { servedVersion } from './versions.ts';

export interface GraphOptions {
  world: World;
  /** Speaks to the callbacks that apps name. */
  fetch: typeof fetch;
}

/** The Graph API: to be mounted at the root, since every path takes a version or none. */
export function createGraph({ world, fetch }: GraphOptions): Hono {
  const graph = new Hono();
  keepActivities(world);

  graph.all('*', async (context) => {
    const { version, path } = splitVersion(context.req.path);
    const headers = new Headers({
      'facebook-api-version': servedVersion(world, version),
      // Refusals too: the SDK's FB.api reads them in a page.
      'access-control-allow-origin': '*',
    });
    try {
      const input = await readParameters(context);
      const body = await answer({ path, input, context, headers });
      headers.set('content-type', 'application/json; charset=UTF-8');
      headers.set('cache-control', 'no-store');
      return new Response(JSON.stringify(body), { headers });
    } catch (error) {
      if (error instanceof RateLimitError) usageHeaders(headers, error.usage);
      const refusal = graphRefusal(world.random, error);
      for (const [name, value] of headers) refusal.headers.set(name, value);
      return refusal;
    }
  });

  async function answer(request: {
    path: string[];
    input: Input;
    context: Context;
    headers: Headers;
  }): Promise<unknown> {
    const { path, input, context, headers } = request;
    const { parameters, files } = input;
    const { raw } = context.req;
    const method = readMethod(raw.method, parameters);
    usageHeaders(headers, null);
    const route = path.join('/');
    if (route === 'oauth/access_token') return accessToken(world, method, parameters);
    const [name = '', edge, child, ...rest] = path;
    const isKnown =
      route === 'debug_token' ||
      route === 'oauth/revoke' ||
      (rest.length === 0 && /^(\d+|me|app)$/.test(name));
    if (!isKnown) throw unknownPath(context.req.path);
    const caller = readCaller(world, raw, parameters);
    if (route === 'oauth/revoke') return revokeToken(world, method, parameters, caller);
    const url = new URL(context.req.url);
    const call: Call = {
      world,
      caller,
      method,
      parameters,
      files,
      url: new URL(`${url.pathname}${url.search}`, requestOrigin(raw)),
      random: world.random,
      fetch,
    };
    if (route === 'debug_token') return debugToken(call);
    const found = findNode(nodeTypes, ownName(name, caller), call);
    if (!found) throw notVisible(method, name);
    usageHeaders(headers, countCall(call, found, edge));
    return renderAnswer(await handle(found, { edge, child }, call), call);
  }

  return graph;
}

function handle(
  found: NodeAnswer,
  place: { edge?: string | undefined; child?: string | undefined },
  call: Call,
): Answer | Promise<Answer> {
  const { type, node } = found;
  const { method } = call;
  if (place.edge === undefined) {
    const handlers = { GET: type.read ?? (() => found), POST: type.update, DELETE: type.remove };
    const handler = handlers[method];
    if (!handler) throw notVisible(method, node.id);
    type.check?.(node, call);
    return handler(node, call);
  }
  const edges = type.edges ?? {};
  const edge = Object.hasOwn(edges, place.edge) ? edges[place.edge] : undefined;
  if (!edge) throw unknownPath(`/${place.edge}`);
  const check = edge.check ?? type.check;
  if (place.child !== undefined) {
    if (!edge.child) throw unknownPath(`/${place.edge}/${place.child}`);
    check?.(node, call);
    const child = edge.child(node, place.child, call);
    if (!child) throw notVisible(method, place.child);
    return handle(child, {}, call);
  }
  const handler = { GET: edge.get, POST: edge.post, DELETE: edge.delete }[method];
  if (!handler) throw notVisible(method, node.id);
  check?.(node, call);
  return handler(node, call);
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

function splitVersion(path: string): { version: string | null; path: string[] } {
  const [first = '', ...rest] = path.split('/').filter(Boolean);
  if (/^v\d+\.\d+$/.test(first)) return { version: first, path: rest };
  return { version: null, path: first === '' ? [] : [first, ...rest] };
}

/** Who can only send GET or POST says `method=delete`. Meta: Graph API › Overview. */
function readMethod(method: string, parameters: Map<string, string>): Method {
  const said = method === 'POST' ? (parameters.get('method')?.toUpperCase() ?? method) : method;
  if (said === 'GET' || said === 'POST' || said === 'DELETE') return said;
  throw new GraphError({ message: 'Unsupported method', type: 'GraphMethodException', code: 100 });
}

function unknownPath(path: string): GraphError {
  return new GraphError({
    message: `Unknown path components: ${path}`,
    type: 'OAuthException',
    code: 2500,
  });
}
