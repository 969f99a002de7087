import { type Context, Hono } from 'hono';
import { fixedCredentials } from '../credentials.ts';
import type { World } from '../world.ts';
import { type Caller, readCaller, requirePhone, requireWaba, visiblePhone, visibleWaba } from './caller.ts';
import { debugToken } from './debug-token.ts';
import { errorResponse, GraphError, notVisible } from './errors.ts';
import { type Field, parseFields, selectFields } from './fields.ts';
import { meNode } from './me-node.ts';
import { exchangeCode } from './oauth.ts';
import { readParameters } from './parameters.ts';
import { phoneNode } from './phone-node.ts';
import { register } from './register.ts';
import { usageHeaders } from './usage.ts';
import { phoneNumbers, subscribedApps, wabaNode } from './waba-node.ts';

/** One authenticated call. */
interface Call {
  context: Context;
  caller: Caller;
  parameters: Map<string, string>;
  fields: Field[] | null;
}

/** The routes of the Graph API, to be mounted with and without a version in front. */
export function createGraph(world: World): Hono {
  const graph = new Hono();

  const authenticated =
    (handle: (call: Call) => Record<string, unknown>) =>
    async (context: Context): Promise<Response> => {
      const parameters = await readParameters(context);
      const caller = readCaller(context, world, parameters);
      const asked = parameters.get('fields');
      const fields = asked ? parseFields(asked) : null;
      return graphAnswer(handle({ context, caller, parameters, fields }), usageOf(world, context));
    };

  graph.on(['GET', 'POST'], '/oauth/access_token', async (context) =>
    graphAnswer(exchangeCode(world, await readParameters(context)), usageHeaders(world, null)),
  );
  graph.get(
    '/debug_token',
    authenticated(({ caller, parameters }) => debugToken(world, caller, parameters.get('input_token'))),
  );
  graph.get(
    '/me',
    authenticated(({ caller, fields, context }) => {
      if (caller.kind === 'app') throw notVisible(context.req.method, 'me');
      return selectFields(meNode, { id: caller.token.userId, token: caller.token }, fields);
    }),
  );
  graph.get(
    '/:id{\\d+}',
    authenticated(({ caller, fields, context }) => readNode(world, caller, context, fields)),
  );
  graph.get(
    '/:id{\\d+}/phone_numbers',
    authenticated(({ caller, fields, context }) =>
      phoneNumbers(world, requireWaba(context, world, caller), fields),
    ),
  );
  graph.on(
    ['GET', 'POST', 'DELETE'],
    '/:id{\\d+}/subscribed_apps',
    authenticated(({ caller, context }) => {
      const waba = requireWaba(context, world, caller);
      if (context.req.method === 'GET') return subscribedApps(waba);
      if (context.req.method === 'POST') waba.subscribedApps.add(fixedCredentials.appId);
      else waba.subscribedApps.delete(fixedCredentials.appId);
      return { success: true };
    }),
  );
  graph.post(
    '/:id{\\d+}/register',
    authenticated(({ caller, parameters, context }) =>
      register(world, requirePhone(context, world, caller), parameters),
    ),
  );
  return graph;
}

/** The answer to a call that no route takes, and to every refusal. */
export function graphRefusal(world: World, error: unknown): Response {
  if (error instanceof GraphError) return errorResponse(error.details, world.random);
  return errorResponse(
    { message: 'An unknown error has occurred.', type: 'OAuthException', code: 1, status: 500 },
    world.random,
  );
}

export function unknownPath(path: string): GraphError {
  return new GraphError({
    message: `Unknown path components: ${path}`,
    type: 'OAuthException',
    code: 2500,
  });
}

function readNode(world: World, caller: Caller, context: Context, fields: Field[] | null) {
  const id = context.req.param('id') ?? '';
  const waba = visibleWaba(world, caller, id);
  if (waba) return selectFields(wabaNode(world), waba, fields);
  const phone = visiblePhone(world, caller, id);
  if (phone) return selectFields(phoneNode(world), phone, fields);
  throw notVisible(context.req.method, id);
}

function usageOf(world: World, context: Context): Record<string, string> {
  const id = context.req.param('id') ?? '';
  const wabaId = world.wabas.has(id) ? id : (world.phones.get(id)?.wabaId ?? null);
  return usageHeaders(world, wabaId);
}

function graphAnswer(body: unknown, headers: Record<string, string>): Response {
  return new Response(JSON.stringify(body), {
    headers: { 'content-type': 'application/json; charset=UTF-8', 'cache-control': 'no-store', ...headers },
  });
}
