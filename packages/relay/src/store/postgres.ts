import { Kysely, sql } from 'kysely';
import { PostgresJSDialect } from 'kysely-postgres-js';
import postgres from 'postgres';
import type { Secret } from '../secret.ts';
import { createPool } from './pool.ts';
import type { Tables } from './schema.ts';

/**
 * A database is often shared with the site's own tables; the engine's have a schema of their own beside this one. It
 * is named in each query: a pooler in between may refuse a search path.
 */
export const schema = 'relay';

/** Few: a query takes a millisecond, and each process has these and the engine's. */
const CONNECTIONS = 5;

/**
 * The relay's tables in a PostgreSQL, for any number of processes.
 *
 * @throws DatabaseError where it cannot be reached, or lets nobody in.
 */
export async function connectPostgres(url: Secret): Promise<Kysely<Tables>> {
  const dialect = new PostgresJSDialect({ postgres: () => createPool(url.reveal(), CONNECTIONS) });
  const store = new Kysely<Tables>({ dialect });
  try {
    await sql`SELECT 1`.execute(store);
  } catch (cause) {
    await store.destroy();
    throw new DatabaseError(url, cause);
  }
  return store;
}

/** The database of the settings cannot be used. Its message is for whoever starts the relay, and has no password. */
class DatabaseError extends Error {
  override readonly name = 'DatabaseError';
  readonly code = 'database-unreachable';

  constructor(url: Secret, cause: unknown) {
    const { host, pathname } = new URL(url.reveal());
    // Where a password holds a slash that was not escaped, the rest of it stands there.
    const name = /^\/[\w.-]*$/.test(pathname) ? pathname : '';
    super(`the database at ${host}${name} cannot be used: ${reason(cause)}. Check DATABASE_URL.`);
  }
}

/** PostgreSQL says it in words, such as `database "relay" does not exist`; a socket has only a code. */
function reason(cause: unknown): string {
  if (cause instanceof postgres.PostgresError) return cause.message;
  return cause instanceof Error && 'code' in cause ? String(cause.code) : 'it does not answer';
}
