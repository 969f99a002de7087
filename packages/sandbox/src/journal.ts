import { fixedCredentials } from './credentials.ts';
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
  /** Query names that carried a secret: an app secret, a token, a code, a PIN. Empty is what one wants. */
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

const secretNames = new Set([
  'client_secret',
  'access_token',
  'input_token',
  'code',
  'pin',
  'fb_exchange_token',
]);

export function createJournal(world: World): Journal {
  let entries: JournalEntry[] = [];

  const isSecret = (name: string, value: string): boolean =>
    value !== '' &&
    (secretNames.has(name) ||
      value.includes(fixedCredentials.appSecret) ||
      world.tokens.has(value) ||
      world.codes.has(value));

  return {
    get entries() {
      return entries;
    },
    async begin(request) {
      const url = new URL(request.url);
      const started = performance.now();
      const entry: JournalEntry = {
        at: new Date(world.clock.now()).toISOString(),
        method: request.method,
        path: url.pathname,
        query: [...new Set(url.searchParams.keys())],
        body: {},
        secretsInUrl: [...url.searchParams]
          .filter(([name, value]) => isSecret(name, value))
          .map(([name]) => name),
        status: null,
        tookMs: null,
      };
      entries.push(entry);
      for (const [name, value] of await bodyFields(request)) {
        entry.body[name] = isSecret(name, value) ? '[secret]' : value;
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

async function bodyFields(request: Request): Promise<[string, string][]> {
  if (request.body === null) return [];
  const type = request.headers.get('content-type') ?? '';
  const copy = request.clone();
  try {
    if (type.includes('json')) {
      const value: unknown = await copy.json();
      if (typeof value !== 'object' || value === null) return [];
      return Object.entries(value).map(([name, field]) => [
        name,
        typeof field === 'string' ? field : JSON.stringify(field),
      ]);
    }
    if (type.includes('form'))
      return [...(await copy.formData())].map(([name, field]) => [name, String(field)]);
  } catch {
    // A body that cannot be read has no fields; the route that takes it says what is wrong with it.
  }
  return [];
}
