import type { SQLInputValue, StatementSync } from 'node:sqlite';
import { DatabaseSync } from 'node:sqlite';
import type { SqliteDatabase } from 'kysely';
import { storable } from './storable.ts';

const MOST_STATEMENTS = 200;

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
  // Compiling is a tenth of the work under load. The relay has some dozens of statements; lists of another length
  // make more.
  const compiled = new Map<string, StatementSync>();
  function compile(sql: string): StatementSync {
    const statement = compiled.get(sql) ?? database.prepare(sql);
    if (compiled.size >= MOST_STATEMENTS) compiled.clear();
    compiled.set(sql, statement);
    return statement;
  }
  return {
    close: () => database.close(),
    prepare(sql) {
      // A transaction that has read may not write any more once another process has written; it would have to begin
      // anew. All of the relay's write, so each waits for its turn at its beginning (SQLite: Isolation, "BEGIN IMMEDIATE").
      const statement = compile(sql === 'begin' ? 'begin immediate' : sql);
      return {
        reader: statement.columns().length > 0,
        all: (parameters) => statement.all(...bind(parameters)),
        run: (parameters) => statement.run(...bind(parameters)),
        iterate: (parameters) => statement.iterate(...bind(parameters)),
      };
    },
  };
}

/** `node:sqlite` takes an object in first place for named parameters. */
function bind(parameters: ReadonlyArray<unknown>): SQLInputValue[] {
  return parameters.map(storable);
}
