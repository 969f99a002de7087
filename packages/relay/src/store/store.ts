import { Kysely, SqliteDialect } from 'kysely';
import { Migrator } from 'kysely/migration';
import type { Database } from '../settings/settings.ts';
import { keepToTransactions } from './alone.ts';
import { migrations } from './migrations/index.ts';
import { makePrivateFile } from './private.ts';
import type { Tables } from './schema.ts';
import { openSqlite } from './sqlite.ts';

/** The relay's own tables. They are the truth; the engine's hold ids only. */
export type Store = Kysely<Tables>;

/**
 * Opens the database, making an SQLite file and its folder where they are not there, and brings its schema up to date.
 *
 * @param changes other migrations than the relay's own, for tests
 * @throws DatabaseError where a PostgreSQL cannot be used.
 */
export async function openStore(database: Database, changes = migrations): Promise<Store> {
  const { store, schema } = await connect(database);
  const { error } = await new Migrator({
    db: schema === undefined ? store : store.withSchema(schema),
    provider: { getMigrations: async () => changes },
    ...(schema !== undefined && { migrationTableSchema: schema }),
  }).migrateToLatest();
  if (error) {
    await store.destroy();
    throw error;
  }
  return keepToTransactions(store, schema);
}

async function connect(database: Database): Promise<{ store: Store; schema?: string }> {
  if (database.kind === 'sqlite') {
    makePrivateFile(database.file);
    return {
      store: new Kysely<Tables>({ dialect: new SqliteDialect({ database: openSqlite(database.file) }) }),
    };
  }
  // Loaded only where it is used: it costs a start 40 ms and 15 MB.
  const { connectPostgres, schema } = await import('./postgres.ts');
  return { store: await connectPostgres(database.url), schema };
}
