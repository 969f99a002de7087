import type { SQLInputValue, StatementSync } from 'node:sqlite';
import { DatabaseSync } from 'node:sqlite';
import type { SqliteDatabase } from 'kysely';

/**
 * `node:sqlite` in the shape that Kysely's own SQLite dialect asks for.
 *
 * WAL lets readers go on while one writes. `synchronous=FULL`: what the relay has answered must survive a power
 * cut. `secure_delete`: a shredded row leaves no bytes in free pages.
 */
export function openSqlite(path: string): SqliteDatabase {
  const database = new DatabaseSync(path, { timeout: 5000 });
  database.exec(`
    PRAGMA journal_mode = WAL;
    PRAGMA synchronous = FULL;
    PRAGMA foreign_keys = ON;
    PRAGMA secure_delete = ON;
  `);
  return {
    close: () => database.close(),
    prepare(sql) {
      const statement: StatementSync = database.prepare(sql);
      return {
        reader: statement.columns().length > 0,
        all: (parameters) => statement.all(...bind(parameters)),
        run: (parameters) => statement.run(...bind(parameters)),
        iterate: (parameters) => statement.iterate(...bind(parameters)),
      };
    },
  };
}

/**
 * Lets through only what SQLite stores as it is. `node:sqlite` takes an object in first place for named
 * parameters, so a `Date` there would be written as NULL without a word.
 */
function bind(parameters: ReadonlyArray<unknown>): SQLInputValue[] {
  return parameters.map((value) => {
    if (
      value === null ||
      typeof value === 'string' ||
      typeof value === 'number' ||
      typeof value === 'bigint'
    ) {
      return value;
    }
    if (value instanceof Uint8Array) return value;
    throw new TypeError(
      `A value of type ${typeof value} cannot be stored; use text, a number, null or bytes.`,
    );
  });
}
