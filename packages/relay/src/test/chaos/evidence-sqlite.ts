import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { Evidence, Move } from './evidence.ts';

const watch = `
  CREATE TABLE IF NOT EXISTS chaos_move (at REAL, onboarding TEXT, step TEXT, was TEXT, became TEXT);
  CREATE TRIGGER IF NOT EXISTS chaos_step AFTER UPDATE ON step
    WHEN old.status <> new.status OR old.attempts <> new.attempts BEGIN
    INSERT INTO chaos_move VALUES
      (unixepoch('subsec') * 1000, new.onboarding_id, new.name, old.status, new.status);
  END;
  CREATE TRIGGER IF NOT EXISTS chaos_new_step AFTER INSERT ON step BEGIN
    INSERT INTO chaos_move VALUES (unixepoch('subsec') * 1000, new.onboarding_id, new.name, NULL, new.status);
  END;
  CREATE TRIGGER IF NOT EXISTS chaos_onboarding AFTER UPDATE ON onboarding
    WHEN old.status <> new.status OR old.generation <> new.generation BEGIN
    INSERT INTO chaos_move VALUES (unixepoch('subsec') * 1000, new.id, NULL, old.status, new.status);
  END;
  CREATE TRIGGER IF NOT EXISTS chaos_backwards BEFORE UPDATE ON onboarding
    WHEN new.revision < old.revision OR new.generation < old.generation BEGIN
    SELECT RAISE(ABORT, 'an onboarding went backwards');
  END;`;

/** Reads a folder with the relay's and the engine's files. */
export function sqliteEvidence(folder: string): Evidence {
  const open = (name: string): DatabaseSync => new DatabaseSync(join(folder, name), { timeout: 5000 });
  function read<T>(name: string, query: (database: DatabaseSync) => T): T {
    const database = open(name);
    try {
      return query(database);
    } finally {
      database.close();
    }
  }
  const names = ['relay.db', 'relay.engine.db'];

  return {
    watch: async () => read('relay.db', (database) => database.exec(watch)),

    moves: async () =>
      read('relay.db', (database) =>
        database.prepare('SELECT * FROM chaos_move ORDER BY rowid').all(),
      ) as unknown as Move[],

    rows: async (table) => read('relay.db', (database) => database.prepare(`SELECT * FROM ${table}`).all()),

    async values() {
      return names.flatMap((name) =>
        read(name, (database) => {
          const tables = database.prepare(`SELECT name FROM sqlite_master WHERE type = 'table'`).all();
          return tables.flatMap(({ name: table }) =>
            database
              .prepare(`SELECT * FROM "${table}"`)
              .all()
              .flatMap((row) =>
                Object.entries(row).map(([column, value]) => ({
                  place: `${name} ${table}.${column}`,
                  value: value instanceof Uint8Array ? Buffer.from(value).toString('latin1') : String(value),
                })),
              ),
          );
        }),
      );
    },

    files: () =>
      existsSync(folder)
        ? readdirSync(folder).map((name) => ({
            place: name,
            text: readFileSync(join(folder, name), 'latin1'),
          }))
        : [],

    close: async () => {},
  };
}
