import { chmodSync, closeSync, existsSync, mkdirSync, openSync } from 'node:fs';
import { dirname } from 'node:path';

/** Makes the database's folder, readable by its owner alone; one that is there already is left as it is. */
export function makePrivateFolder(file: string): void {
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
}

/**
 * Makes a database's file readable by its owner alone, before SQLite opens it: SQLite gives the files beside it the
 * same mode. Sealed or not, they are nobody else's business on a shared machine.
 */
export function makePrivateFile(file: string): void {
  makePrivateFolder(file);
  closeSync(openSync(file, 'a', 0o600));
  for (const path of [file, `${file}-wal`, `${file}-shm`]) {
    if (existsSync(path)) chmodSync(path, 0o600);
  }
}
