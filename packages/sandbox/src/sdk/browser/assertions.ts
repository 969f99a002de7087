import { isSecure } from './environment.ts';
import { complain } from './log.ts';
import type { State } from './state.ts';

/** The real SDK looks at the tag of the value, so that an async function is refused. */
export function assertFunction(callback: unknown): void {
  if (callback === undefined || callback === null) return;
  const type = Object.prototype.toString.call(callback).slice(8, -1).toLowerCase();
  if (type !== 'function') throw new Error(`Expression is of type ${type}, not function`);
}

export function assertVersion(version: unknown): asserts version is string {
  if (typeof version === 'string' && /^v\d+\.\d\d?$/.test(version)) return;
  throw new Error('invalid version specified');
}

export function assertInitialized({ version }: State): void {
  if (version === null) throw new Error('init not called with valid version');
}

/** It only complains: the call goes on. */
export function warnInsecure(method: string): void {
  if (isSecure()) return;
  complain(
    `The method FB.${method} can no longer be called from http pages. https://developers.facebook.com/blog/post/2018/06/08/enforce-https-facebook-login/`,
  );
}
