import { inspect } from 'node:util';

/**
 * A value that must not be printed. Whatever turns it into text (a log, JSON, a template, an error) gets
 * `[secret]`; the value itself comes only from `reveal()`, so every use is one that a reader can search for.
 */
export interface Secret {
  reveal(): string;
}

/** Wraps a value as a {@link Secret}. */
export function createSecret(value: string): Secret {
  const masked = (): string => '[secret]';
  return Object.freeze({
    reveal: () => value,
    toString: masked,
    toJSON: masked,
    [inspect.custom]: masked,
  });
}
