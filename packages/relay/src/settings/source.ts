import type { Parsed } from './values.ts';
import { no, ok } from './values.ts';

/** Where a setting comes from: a portal's entry in the file, else the environment, each also as `…File`. */

export type Environment = Readonly<Record<string, string | undefined>>;

export type ReadFile = (path: string) => string;

export interface Source {
  /** The text of a setting, or why there is none; undefined where nobody set it. An empty text counts as not set. */
  read(name: string): Parsed<string> | undefined;
  /** How a message should call it: `RELAY_ORIGINS`, or `origins of portal acme`. */
  label(name: string): string;
}

export function environmentSource(env: Environment, readFile: ReadFile): Source {
  return {
    label: (name) => name,
    read(name) {
      const file = env[`${name}_FILE`];
      const text = env[name]?.trim();
      if (!file) return text ? ok(text) : undefined;
      if (text) return no(`and ${name}_FILE are both set; keep one`);
      return contents(file, `${name}_FILE`, readFile);
    },
  };
}

/** A portal's entry in the file at `RELAY_CONFIG`, over the environment. */
export function portalSource(
  portal: string,
  entry: Readonly<Record<string, unknown>>,
  fallback: Source,
  readFile: ReadFile,
): Source {
  /** The entry's own word, whatever it is; undefined where it has none. */
  function own(name: string): Parsed<string> | undefined {
    const key = camelCase(name);
    const file = entry[`${key}File`];
    if (file !== undefined) {
      if (key in entry) return no(`stands beside ${key}File; keep one`);
      if (typeof file !== 'string' || !file) return no(`comes from ${key}File, which must be a path`);
      return contents(file, `${key}File`, readFile);
    }
    return key in entry ? toText(name, entry[key]) : undefined;
  }

  return {
    label(name) {
      const key = `${camelCase(name)} of portal ${portal}`;
      if (own(name)) return key;
      return fallback.read(name) ? fallback.label(name) : `${key} (or ${fallback.label(name)})`;
    },
    read: (name) => own(name) ?? fallback.read(name),
  };
}

/** Settings that are lists, and so may be lists in JSON too. */
const lists: ReadonlySet<string> = new Set([
  'RELAY_ORIGINS',
  'META_APP_SECRET',
  'RELAY_API_KEY',
  'RELAY_CALLBACK_SECRET',
  'RELAY_WEBHOOK_FIELDS',
]);

/** A value of the file as the text that the environment would hold. */
function toText(name: string, value: unknown): Parsed<string> | undefined {
  if (typeof value === 'string') return value.trim() ? ok(value.trim()) : undefined;
  if (lists.has(name)) {
    const texts = Array.isArray(value) && value.length > 0 && value.every((item) => typeof item === 'string');
    return texts ? ok(value.join(',')) : no('must be a text or a list of texts');
  }
  if (name === 'RELAY_FLOWS') return isRecord(value) ? ok(JSON.stringify(value)) : no('must be an object');
  if (typeof value !== 'number') return no('must be a text');
  // JSON.parse has rounded it already: another app's id would be used.
  if (Math.abs(value) > Number.MAX_SAFE_INTEGER) return no('is too long for a number; put it in quotes');
  return ok(String(value));
}

/** `RELAY_ORIGINS` is `origins` in the file, `META_APP_ID` is `metaAppId`: only the prefix RELAY_ is dropped. */
export function camelCase(name: string): string {
  return name
    .replace(/^RELAY_/, '')
    .toLowerCase()
    .replace(/_(.)/g, (_, letter: string) => letter.toUpperCase());
}

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function contents(path: string, label: string, readFile: ReadFile): Parsed<string> {
  try {
    const text = readFile(path).trim();
    return text ? ok(text) : no(`comes from ${label}, which is an empty file: ${path}`);
  } catch {
    return no(`comes from ${label}, which cannot be read: ${path}`);
  }
}
