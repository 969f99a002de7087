import { createHmac } from 'node:crypto';
import type { App, Token } from '../../world/access.ts';
import type { World } from '../../world/world.ts';
import type { Caller } from './call.ts';
import { badToken, deadToken, GraphError } from './errors.ts';

/** Reads the token from the header or the parameter, and refuses a wrong `appsecret_proof`. */
export function readCaller(world: World, request: Request, parameters: Map<string, string>): Caller {
  const bearer = /^(?:Bearer|OAuth) (.+)$/i.exec(request.headers.get('authorization') ?? '')?.[1];
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
  const caller = findCaller(world, text);
  checkProof(caller.app, text, parameters.get('appsecret_proof'));
  return caller;
}

/** Whose token `text` is. 190 where it is nobody's, or dead. */
export function findCaller(world: World, text: string): Caller {
  const [appId = '', secret] = text.split('|');
  const named = world.apps.get(appId);
  if (named && (secret === named.secret || text === appToken(named))) {
    return { kind: 'app', app: named, text };
  }
  const token = livingToken(world, text);
  const app = world.apps.get(token.appId);
  if (!app) throw badToken();
  return { kind: 'token', app, token, text };
}

/** The token that `text` is, where it lives; else 190. */
export function livingToken(world: World, text: string): Token {
  const token = world.tokens.get(text);
  if (!token) throw badToken();
  const state = tokenState(world, token);
  if (state !== 'alive') throw deadToken(state, token, world.clock.now());
  return token;
}

/** What keeps a token from being used, if anything does. */
export function tokenState(world: World, token: Token): 'alive' | 'expired' | 'revoked' | 'app-removed' {
  if (token.ended) return token.ended;
  return token.expiresAt !== null && world.clock.now() >= token.expiresAt ? 'expired' : 'alive';
}

/** The app's token as Meta gives it out, which is not `APPID|SECRET` but is as good, and dies with the secret. */
export function appToken(app: App): string {
  return `${app.id}|${createHmac('sha256', app.secret).update(app.id).digest('base64url').slice(0, 27)}`;
}

/** Meta: Graph API › Securing Graph API Requests: HMAC-SHA256 of the token, keyed with the app secret, in hex. */
function checkProof(app: App, token: string, proof: string | undefined): void {
  if (proof === undefined) {
    if (!app.requiresProof) return;
    throw proofError('API calls from the server require an appsecret_proof argument');
  }
  const expected = createHmac('sha256', app.secret).update(token).digest('hex');
  if (proof !== expected) throw proofError('Invalid appsecret_proof provided in the API argument');
}

/** For the calls that ask for a proof whatever the app's settings say. */
export function requireProof(parameters: Map<string, string>): void {
  if (parameters.get('appsecret_proof') === undefined) {
    throw proofError('API calls from the server require an appsecret_proof argument');
  }
}

function proofError(message: string): GraphError {
  return new GraphError({ message, type: 'GraphMethodException', code: 104 });
}
