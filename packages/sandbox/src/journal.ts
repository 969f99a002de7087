import { nestsTooDeep } from './json-depth.ts';
import { requestToken } from './request-token.ts';
import type { World } from './world/world.ts';

/** One request as the sandbox saw it. */
export interface JournalEntry {
  /** ISO 8601, by the sandbox's clock. */
  at: string;
  method: string;
  path: string;
  /** Names of the query parameters; never their values. */
  query: string[];
  /** Fields of the body; secrets among them read `[secret]`. */
  body: Record<string, string>;
  /** Whose token it came with: its kind, `unknown` for one that is none of the sandbox's, null for none. */
  token: 'app' | 'business' | 'system' | 'user' | 'unknown' | null;
  /**
   * What in the URL carried a secret: an app secret, a token, a code, a PIN. The parameter's name, or `path`.
   * Empty is what one wants.
   */
  secretsInUrl: string[];
  /** HTTP status; null while it is not answered, and where a fault dropped the connection. */
  status: number | null;
  /** How long the answer took, in milliseconds of real time; null while there is none. */
  tookMs: number | null;
  /** The fault that was put in its way. */
  fault?: string;
}

/** Every request but those to the controls, in the order of their arrival. */
export interface Journal {
  readonly entries: readonly JournalEntry[];
  /** Writes the request down at once; the answer is filled in when there is one. */
  begin(request: Request): Promise<{ end(status: number | null, fault?: string): void }>;
  clear(): void;
}

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

export function createJournal(world: World): Journal {
  let entries: JournalEntry[] = [];

  const isSecretValue = (value: string): boolean =>
    value !== '' &&
    (world.tokens.has(value) ||
      world.codes.has(value) ||
      [...world.apps.values()].some(({ secret }) => value.includes(secret)));

  const isSecret = (name: string, value: string): boolean =>
    value !== '' && (secretNames.has(name) || isSecretValue(value));

  /** The same value with its secrets covered, however deep they stand. */
  function cover(name: string, value: unknown): unknown {
    if (typeof value === 'string' || typeof value === 'number') {
      return isSecret(name, String(value)) ? '[secret]' : value;
    }
    if (Array.isArray(value)) return value.map((item) => cover(name, item));
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, cover(key, inner)]));
  }

  function tokenKind(request: Request, url: URL, inBody?: unknown): JournalEntry['token'] {
    const text = requestToken(request, url, inBody);
    if (!text) return null;
    const token = world.tokens.get(text);
    if (token) return token.kind;
    const [appId = '', secret] = text.split('|');
    const app = world.apps.get(appId);
    return app && app.secret === secret ? 'app' : 'unknown';
  }

  return {
    get entries() {
      return entries;
    },
    async begin(request) {
      const url = new URL(request.url);
      const started = performance.now();
      const loose = [...url.searchParams]
        .filter(([name, value]) => isSecret(name, value))
        .map(([name]) => name);
      const isInPath = url.pathname.split('/').some((part) => isSecretValue(decode(part)));
      const entry: JournalEntry = {
        at: new Date(world.clock.now()).toISOString(),
        method: request.method,
        path: url.pathname,
        query: [...new Set(url.searchParams.keys())],
        body: {},
        token: tokenKind(request, url),
        secretsInUrl: isInPath ? ['path', ...loose] : loose,
        status: null,
        tookMs: null,
      };
      entries.push(entry);
      const fields = await bodyFields(request);
      entry.token = tokenKind(request, url, fields.find(([name]) => name === 'access_token')?.[1]);
      for (const [name, value] of fields) {
        const covered = cover(name, value);
        entry.body[name] = typeof covered === 'string' ? covered : JSON.stringify(covered);
      }
      return {
        end(status, fault) {
          entry.status = status;
          entry.tookMs = Math.round(performance.now() - started);
          if (fault) entry.fault = fault;
        },
      };
    },
    clear() {
      entries = [];
    },
  };
}

function decode(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

async function bodyFields(request: Request): Promise<[string, unknown][]> {
  if (request.body === null) return [];
  const type = request.headers.get('content-type') ?? '';
  const copy = request.clone();
  try {
    if (type.includes('json')) {
      const text = await copy.text();
      const value: unknown = nestsTooDeep(text) ? null : JSON.parse(text);
      return typeof value === 'object' && value !== null ? Object.entries(value) : [];
    }
    if (type.includes('form')) {
      return [...(await copy.formData())].map(([name, field]) => [
        name,
        typeof field === 'string' ? field : `[file of ${field.size} bytes]`,
      ]);
    }
  } catch {
    // A body that cannot be read has no fields; the route that takes it says what is wrong with it.
  }
  return [];
}
