import { globSync, realpathSync } from 'node:fs';
import { dirname } from 'node:path';
import { onPath } from './browsers.ts';

/** Debian keeps each version's programs away from the `PATH`; Homebrew too, where several are installed. */
const PLACES = [
  '/usr/lib/postgresql/*/bin/postgres',
  '/usr/pgsql-*/bin/postgres',
  '/opt/homebrew/opt/postgresql*/bin/postgres',
  '/usr/local/opt/postgresql*/bin/postgres',
];

/** The folder that holds PostgreSQL's `postgres` and `initdb`, or null. The `PATH` goes first, then the newest. */
export function findPostgres(): string | null {
  const places = PLACES.flatMap((place) => globSync(place)).sort((a, b) => versionOf(b) - versionOf(a));
  const found = [onPath('postgres'), ...places].filter((path) => path !== null);
  // On the `PATH` there may be a link to one of the two programs alone.
  const folders = found.map((path) => dirname(realpathSync(path)));
  return folders.find((folder) => globSync(`${folder}/initdb`).length > 0) ?? null;
}

function versionOf(path: string): number {
  return Number(/(\d+)\/bin/.exec(path)?.[1] ?? 0);
}
