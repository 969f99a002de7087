import { assertVersion } from './assertions.ts';
import type { InitOptions } from './globals.ts';
import { warn } from './log.ts';
import type { State } from './state.ts';

/**
 * `FB.init`: the last one decides for the whole page, whoever called it. What it does not name stays as it
 * was, and `fedCM`, once on, stays on.
 */
export function init(state: State, options: InitOptions | undefined): void {
  if (state.initialized) warn('FB.init has already been called - this could indicate a problem');
  if (!isPlainObject(options)) throw new Error('Invalid argument');
  if (options.authResponse) throw new Error('Setting authResponse is not supported');
  assertVersion(options.version);
  state.version = options.version;
  state.appId = readAppId(options.appId) ?? state.appId;
  if (options.cookie) state.usesCookie = true;
  if (options.localStorage === false || options.localStorage === 'false') state.usesStorage = false;
  readFedCm(state, options.fedCM);
  state.initialized = true;
}

/** Whether the browser is to be asked at once, by `fedCM: {autoPrompt: true}`. */
export function promptsAtOnce({ fedCM }: InitOptions): boolean {
  return typeof fedCM === 'object' && fedCM !== null && 'autoPrompt' in fedCM && Boolean(fedCM.autoPrompt);
}

function readFedCm(state: State, fedCM: unknown): void {
  if (fedCM !== true && (typeof fedCM !== 'object' || fedCM === null)) {
    if (fedCM) warn('Invalid fedCM value. Must be true, false, or an options object.');
    return;
  }
  const asked = typeof fedCM === 'object' && 'context' in fedCM ? fedCM.context : undefined;
  const isKnown = asked === 'signin' || asked === 'signup' || asked === 'use';
  if (!isKnown && asked !== undefined) {
    warn(`Invalid fedCM.context: "${asked}". Must be "signin", "signup", or "use".`);
  }
  state.fedCm = { context: isKnown ? asked : (state.fedCm?.context ?? 'signin') };
}

function readAppId(appId: unknown): string | null {
  const isNumber = typeof appId === 'number' && appId > 0;
  if (isNumber || (typeof appId === 'string' && /^(\d{1,21}|[0-9a-f]{21,})$/.test(appId)))
    return String(appId);
  warn('Invalid App Id: Must be a number or numeric string representing the application id.');
  return null;
}

function isPlainObject(value: unknown): value is InitOptions {
  if (typeof value !== 'object' || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}
