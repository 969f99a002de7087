import type { Random } from '../../random.ts';
import type { App, Token } from '../../world/access.ts';
import type { World } from '../../world/world.ts';
import { GraphError, notPermitted } from './errors.ts';
import type { NodeAnswer } from './node-type.ts';

export type Method = 'GET' | 'POST' | 'DELETE';

/** Who calls: an app itself (`APPID|SECRET`), or the holder of a token that the app got. */
export type Caller =
  | { kind: 'app'; app: App; text: string }
  | { kind: 'token'; app: App; token: Token; text: string };

/** One authenticated call of the Graph API. */
export interface Call {
  world: World;
  caller: Caller;
  method: Method;
  /** The version that answers, such as `v26.0`. */
  version: string;
  /** Query and body as one. */
  parameters: Map<string, string>;
  /** The files of a multipart body, by parameter. */
  files: Map<string, File>;
  /** The address as it was asked, with the token in it as in Meta's links to another page. */
  url: URL;
  /** The object with this id, of whatever kind, where the caller may know of it. */
  find(id: string): NodeAnswer | null;
  random: Random;
  /** Speaks to the callbacks that apps name. */
  fetch: typeof fetch;
}

/** Does the caller hold a token with this permission? Apps themselves hold none. */
export function hasPermission(caller: Caller, permission: string): boolean {
  return caller.kind === 'token' && caller.token.scopes.includes(permission);
}

/** 200: Meta: Graph API › Handle errors: the permission is missing, or was taken back. */
export function requirePermission(caller: Caller, permission: string): void {
  if (hasPermission(caller, permission)) return;
  throw new GraphError({
    message: `(#200) Requires ${permission} permission to manage the object`,
    type: 'OAuthException',
    code: 200,
    status: 403,
  });
}

/** The system user whose token it is. 10: another kind of token may not do this. */
export function requireSystemToken(caller: Caller): Token {
  if (caller.kind === 'token' && caller.token.kind === 'system') return caller.token;
  throw notPermitted();
}

/** The app itself, by its own token. */
export function requireAppToken(call: Call): App {
  if (call.caller.kind === 'app') return call.caller.app;
  throw new GraphError({
    message: '(#15) This method must be called with an app access_token.',
    type: 'OAuthException',
    code: 15,
    status: 403,
  });
}
