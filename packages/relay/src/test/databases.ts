import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import { createSecret } from '../secret.ts';
import type { Database } from '../settings/settings.ts';
import type { Environment } from '../settings/source.ts';
import { createDatabase, noPostgres } from './postgres.ts';

/** One of the two that the relay runs on, for a suite that says the same of both. */
export interface TestDatabase {
  name: 'SQLite' | 'PostgreSQL';
  /** Why its tests are left out; false where they run. */
  skip: string | false;
  /** A database of the test's own, gone with it. */
  create(t: TestContext): Promise<Database>;
}

const sqlite: TestDatabase = {
  name: 'SQLite',
  skip: false,
  async create(t) {
    const folder = mkdtempSync(join(tmpdir(), 'database-'));
    t.after(() => rmSync(folder, { recursive: true }));
    return { kind: 'sqlite', file: join(folder, 'data', 'relay.db') };
  },
};

const postgres: TestDatabase = {
  name: 'PostgreSQL',
  skip: noPostgres,
  create: async (t) => ({ kind: 'postgres', url: createSecret(await createDatabase(t)) }),
};

export const databases: readonly TestDatabase[] = [sqlite, postgres];

/** What a relay is started with on this database. */
export function databaseEnv(database: Database): Environment {
  return database.kind === 'sqlite'
    ? { DATABASE_URL: `file:${database.file}` }
    : { DATABASE_URL: database.url.reveal(), RELAY_KEY: Buffer.alloc(32, 7).toString('base64') };
}
