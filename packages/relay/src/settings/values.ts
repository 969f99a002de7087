import { fromBase64Url } from '../encoding.ts';
import type { SealingKey } from '../seal.ts';
import { createSecret } from '../secret.ts';
import type { Database } from './settings.ts';

/** Parsers for single settings. Each gives the value, or a sentence that says what is wrong with the text. */
export type Parsed<T> = { ok: true; value: T } | { ok: false; why: string };

export const ok = <T>(value: T): Parsed<T> => ({ ok: true, value });
export const no = (why: string): Parsed<never> => ({ ok: false, why });

export const parseText = (text: string): Parsed<string> => ok(text);

/** An id that Meta gave out. */
export function parseId(text: string): Parsed<string> {
  return /^\d{1,25}$/.test(text) ? ok(text) : no('must be 1 to 25 digits');
}

export function parseList(text: string): Parsed<[string, ...string[]]> {
  const [first, ...rest] = text
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '');
  return first === undefined ? no('is an empty list') : ok([first, ...rest]);
}

/** Exact origins, in the form in which browsers send them: no path, no wildcard, https unless on loopback. */
export function parseOrigins(text: string, development: boolean): Parsed<string[]> {
  const list = parseList(text);
  if (!list.ok) return list;
  const origins: string[] = [];
  for (const entry of list.value) {
    const url = URL.canParse(entry) ? new URL(entry) : null;
    if (!url || url.origin === 'null' || url.hostname.includes('*') || `${url.origin}/` !== url.href) {
      return no(`holds "${entry}", which is no exact origin such as https://www.example.com`);
    }
    if (!isSecure(url, development))
      return no(`holds "${entry}"; only https origins are allowed${loopbackNote}`);
    origins.push(url.origin);
  }
  return ok(origins);
}

const loopbackNote = ' (http only on loopback, in development)';

/** An http address without query, given back without a slash at its end. */
export function parseUrl(text: string, development: boolean): Parsed<string> {
  const url = URL.canParse(text) ? new URL(text) : null;
  if (!url || !/^https?:$/.test(url.protocol)) return no('is no http address');
  if (url.username || url.password || url.search || url.hash)
    return no('may hold no user, query or fragment');
  if (!isSecure(url, development)) return no(`must be https${loopbackNote}`);
  return ok(url.href.replace(/\/+$/, ''));
}

export function isLoopback(hostname: string): boolean {
  return hostname === 'localhost' || hostname === '[::1]' || /^127(\.\d{1,3}){3}$/.test(hostname);
}

function isSecure(url: URL, development: boolean): boolean {
  return url.protocol === 'https:' || (development && url.protocol === 'http:' && isLoopback(url.hostname));
}

export function parsePort(text: string): Parsed<number> {
  const port = Number(text);
  return /^\d+$/.test(text) && port <= 65_535 ? ok(port) : no('must be a port from 0 to 65535');
}

export function parseProxies(text: string): Parsed<number> {
  return /^\d$/.test(text) ? ok(Number(text)) : no('must be the number of trusted proxies, 0 to 9');
}

export function parseGraphVersion(text: string): Parsed<string> {
  return /^v\d+\.\d\d?$/.test(text) ? ok(text) : no('must look like v26.0');
}

/** `base64`, or `id:base64,id:base64`: 32 bytes each. */
export function parseKeys(text: string): Parsed<SealingKey[]> {
  const keys: SealingKey[] = [];
  for (const part of text.split(',')) {
    const [id, encoded] = part.includes(':') ? part.trim().split(':', 2) : ['k1', part.trim()];
    const bytes = fromBase64Url((encoded ?? '').replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, ''));
    if (!id || !/^[\w-]{1,32}$/.test(id))
      return no('has a key whose id is not 1 to 32 letters, digits, - or _');
    if (bytes?.length !== 32) return no('must be 32 bytes in base64 (openssl rand -base64 32)');
    if (keys.some((key) => key.id === id)) return no(`names the key id "${id}" twice`);
    keys.push({ id, bytes });
  }
  return ok(keys);
}

/** One of a few words. */
export function oneOf<const T extends string>(...values: T[]): (text: string) => Parsed<T> {
  return (text) => {
    const found = values.find((value) => value === text);
    return found ? ok(found) : no(`is "${text}"; it may be ${values.join(', ')}`);
  };
}

/** `file:./data/relay.db`, or the address of a Postgres database. */
export function parseDatabase(text: string): Parsed<Database> {
  if (/^postgres(ql)?:\/\//.test(text) && URL.canParse(text))
    return ok({ kind: 'postgres', url: createSecret(text) });
  const path = /^file:(.+)$/.exec(text)?.[1]?.replace(/^\/\/(?=\/)/, '');
  // In memory a restart would lose every customer; SQLite takes this name for that.
  return path && path !== ':memory:'
    ? ok({ kind: 'sqlite', file: path })
    : no('must look like file:./data/relay.db or postgres://user@host/name');
}
