import { createHmac } from 'node:crypto';
import type { Context } from 'hono';
import { appToken, fixedCredentials } from '../credentials.ts';
import type { Phone, Token, Waba, World } from '../world.ts';
import { badToken, GraphError, notVisible } from './errors.ts';

/** Who calls: the app itself (`APPID|SECRET`), or the holder of a token. */
export type Caller = { kind: 'app' } | { kind: 'token'; token: Token };

/** Reads the token from the header or the parameter, and refuses a wrong `appsecret_proof`. */
export function readCaller(context: Context, world: World, parameters: Map<string, string>): Caller {
  const bearer = /^(?:Bearer|OAuth) (.+)$/i.exec(context.req.header('authorization') ?? '')?.[1];
  const text = bearer ?? parameters.get('access_token');
  if (!text) {
    throw new GraphError({
      message: 'An access token is required to request this resource.',
      type: 'OAuthException',
      code: 104,
      status: 401,
      challenge: 'invalid_token',
    });
  }
  const token = world.tokens.get(text);
  if (!token && text !== appToken) throw badToken();
  checkProof(text, parameters.get('appsecret_proof'));
  return token ? { kind: 'token', token } : { kind: 'app' };
}

/** Meta: Graph API › Securing Graph API Requests: HMAC-SHA256 of the token, keyed with the app secret, in hex. */
function checkProof(token: string, proof: string | undefined): void {
  if (proof === undefined) return;
  const expected = createHmac('sha256', fixedCredentials.appSecret).update(token).digest('hex');
  if (proof === expected) return;
  throw new GraphError({
    message: 'Invalid appsecret_proof provided in the API argument',
    type: 'GraphMethodException',
    code: 104,
  });
}

/** The account `id`, if it exists and the caller was granted it. */
export function visibleWaba(world: World, caller: Caller, id: string): Waba | undefined {
  const waba = world.wabas.get(id);
  return waba && caller.kind === 'token' && mayRead(caller.token, waba.id) ? waba : undefined;
}

/** The number `id`, if it exists and the caller was granted its account. */
export function visiblePhone(world: World, caller: Caller, id: string): Phone | undefined {
  const phone = world.phones.get(id);
  return phone && caller.kind === 'token' && mayRead(caller.token, phone.wabaId) ? phone : undefined;
}

export function requireWaba(context: Context, world: World, caller: Caller): Waba {
  const id = context.req.param('id') ?? '';
  const waba = visibleWaba(world, caller, id);
  if (!waba) throw notVisible(context.req.method, id);
  return waba;
}

export function requirePhone(context: Context, world: World, caller: Caller): Phone {
  const id = context.req.param('id') ?? '';
  const phone = visiblePhone(world, caller, id);
  if (!phone) throw notVisible(context.req.method, id);
  return phone;
}

function mayRead(token: Token, wabaId: string): boolean {
  return token.wabaIds === 'all' || token.wabaIds.includes(wabaId);
}
