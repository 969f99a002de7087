import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { TestContext } from 'node:test';
import { test } from 'node:test';
import { sql } from 'kysely';
import { openSqlite } from './sqlite.ts';
import { openStore } from './store.ts';

function temporaryFile(t: TestContext): string {
  const folder = mkdtempSync(join(tmpdir(), 'store-'));
  t.after(() => rmSync(folder, { recursive: true }));
  return join(folder, 'data', 'relay.db');
}

test('nobody else on the machine may read the files, also in a folder that was there', async (t) => {
  const file = temporaryFile(t);
  mkdirSync(dirname(file), { mode: 0o755 });
  for (const path of [file, `${file}-wal`]) writeFileSync(path, '', { mode: 0o644 });
  const store = await openStore({ kind: 'sqlite', file });
  t.after(() => store.destroy());
  const modes = readdirSync(dirname(file)).map((name) => statSync(join(dirname(file), name)).mode & 0o777);
  assert.deepEqual(modes, [0o600, 0o600, 0o600]);
});

test('the folder is made where it is not there, for its owner alone', async (t) => {
  const file = temporaryFile(t);
  await (await openStore({ kind: 'sqlite', file })).destroy();
  assert.equal(statSync(dirname(file)).mode & 0o777, 0o700);
});

test('what SQLite would store as something else is refused in any place', () => {
  const database = openSqlite(':memory:');
  const insert = database.prepare('SELECT ?, ?');
  for (const value of [new Date(), { a: 1 }, true, undefined]) {
    assert.throws(() => insert.all([value, 1]), TypeError);
    assert.throws(() => insert.all([1, value]), TypeError);
  }
  assert.equal(insert.all(['text', 1n]).length, 1);
  database.close();
});

test('shredded values leave no bytes behind', async (t) => {
  const store = await openStore({ kind: 'sqlite', file: temporaryFile(t) });
  t.after(() => store.destroy());
  const { rows } = await sql<{ secure_delete: number }>`PRAGMA secure_delete`.execute(store);
  assert.equal(rows[0]?.secure_delete, 1);
});
