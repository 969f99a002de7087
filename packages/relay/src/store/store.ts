import { Kysely, SqliteDialect } from 'kysely';
import { Migrator } from 'kysely/migration';
import { migrations } from './migrations/index.ts';
import { makePrivateFile } from './private.ts';
import type { Tables } from './schema.ts';
import { openSqlite } from './sqlite.ts';

/** The relay's own tables. They are the truth; the engine's hold ids only. */
export type Store = Kysely<Tables>;

/** Opens the SQLite file, making it and its folder where they are not there, and brings its schema up to date. */
export async function openStore(file: string): Promise<Store> {
  makePrivateFile(file);
  const store = new Kysely<Tables>({ dialect: new SqliteDialect({ database: openSqlite(file) }) });
  const { error } = await new Migrator({
    db: store,
    provider: { getMigrations: async () => migrations },
  }).migrateToLatest();
  if (error) {
    await store.destroy();
    throw error;
  }
  return store;
}
