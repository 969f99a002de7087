import type { Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';
import { createTables } from './0001-onboarding.ts';
import type { Before } from './0002-owners.ts';
import { addLife } from './0002-resume.ts';

type Change = (trx: Pick<Kysely<Before>, 'schema' | 'selectFrom' | 'insertInto'>) => Promise<void>;

/**
 * Each in a transaction, or a half-made schema would stay: on PostgreSQL the migrator opens one around all that are
 * pending, on SQLite nobody else does.
 */
export const inTransaction = (change: Change): Migration => ({
  up: (db) => (db.isTransaction ? change(db) : db.transaction().execute(change)),
});

/** Forward only, and never edited once released: the migrator compares names, not contents. */
export const migrations: Record<string, Migration> = {
  '0001-onboarding': inTransaction(createTables),
  '0002-resume': inTransaction(addLife),
};
