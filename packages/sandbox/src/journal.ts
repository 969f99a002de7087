import { nestsTooDeep } from './json-depth.ts';
import { requestToken } from './request-token.ts';
import { createSecrets } from './secrets.ts';
import type { World } from './world/world.ts';

/** One request as the sandbox saw it. */
export interface JournalEntry {
  /** ISO 8601, by the sandbox's clock. */
  at: string;
  method: string;
  /** Secrets in it read `[secret]`. */
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

export function createJournal(world: World): Journal {
  const secrets = createSecrets(world);
  let entries: JournalEntry[] = [];

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
      const path = url.pathname
        .split('/')
        .map((part) => secrets.cover('', part))
        .join('/');
      const loose = [...url.searchParams].filter(([name, value]) => secrets.isCarriedBy(name, value));
      const named = (name: string) => String(secrets.cover('', name));
      const entry: JournalEntry = {
        at: new Date(world.clock.now()).toISOString(),
        method: request.method,
        path,
        query: [...new Set([...url.searchParams.keys()].map(named))],
        body: {},
        token: tokenKind(request, url),
        secretsInUrl: [...(path === url.pathname ? [] : ['path']), ...loose.map(([name]) => named(name))],
        status: null,
        tookMs: null,
      };
      entries.push(entry);
      const fields = await bodyFields(request);
      entry.token = tokenKind(request, url, fields.find(([name]) => name === 'access_token')?.[1]);
      for (const [name, value] of fields) {
        const covered = secrets.cover(name, value);
        entry.body[named(name)] = typeof covered === 'string' ? covered : JSON.stringify(covered);
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
