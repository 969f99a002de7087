import type { World } from './world/world.ts';

/** Parameters that carry secrets whatever their value is. */
const secretNames = new Set([
  'client_secret',
  'access_token',
  'input_token',
  'fb_exchange_token',
  'revoke_token',
  'verify_token',
  'code',
  'pin',
  'password',
]);

/** What tokens and codes look like, also those that are forgotten by now. */
const secretShape = /(?:EAA|AQ)[A-Za-z0-9]{40,}/;

/** What a covered secret reads. */
const covered = '[secret]';

/** Tells secrets from other texts, and covers them. */
export interface Secrets {
  /** Is this a parameter that carries one? */
  isCarriedBy(name: string, value: string): boolean;
  /** The same value without its secrets, however deep they stand. */
  cover(name: string, value: unknown): unknown;
}

export function createSecrets(world: World): Secrets {
  function isSecret(text: string): boolean {
    if (secretShape.test(text)) return true;
    if ([...world.apps.values()].some(({ secret }) => text.includes(secret))) return true;
    return text.split(/[^\w-]+/).some((part) => world.tokens.has(part) || world.codes.has(part));
  }

  // An address within an address is encoded twice.
  const standIn = (text: string): boolean =>
    text !== '' && [text, decode(text), decode(decode(text))].some(isSecret);

  const isCarriedBy = (name: string, value: string): boolean =>
    standIn(name) || (value !== '' && (secretNames.has(name) || standIn(value)));

  function cover(name: string, value: unknown): unknown {
    if (typeof value === 'string' || typeof value === 'number') {
      return isCarriedBy(name, String(value)) ? covered : value;
    }
    if (Array.isArray(value)) return value.map((item) => cover(name, item));
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(
      Object.entries(value).map(([key, inner]) => [standIn(key) ? covered : key, cover(key, inner)]),
    );
  }

  return { isCarriedBy, cover };
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
