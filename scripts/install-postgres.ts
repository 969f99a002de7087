import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { installPackages } from './install-packages.ts';
import { inRoot } from './lib/root.ts';
import { findPostgres } from './postgres.ts';

const LOG_FOLDER = inRoot('.tmp/postgres');

/** Debian makes and starts a database of its own when the package is installed, unless this file says otherwise. */
const CLUSTER_SETTINGS = '/etc/postgresql-common/createcluster.conf';

/**
 * Makes sure, with `ci`, that PostgreSQL's programs are there; without it, missing ones are a notice. Nothing is
 * started: the tests start their own. Throws an error that says what to install.
 */
export async function ensurePostgres(options: {
  ci: boolean;
  notice: (text: string) => void;
}): Promise<void> {
  const { ci, notice } = options;
  if (findPostgres() !== null) return;
  if (!ci) {
    notice('PostgreSQL is not installed: its tests are skipped');
    return;
  }
  notice('PostgreSQL is not installed: getting it');
  keepFromStarting();
  const tried = await installPackages(['postgresql'], LOG_FOLDER);
  if (findPostgres() !== null) return;
  const tail = tried.trim().split('\n').slice(-15).join('\n');
  throw new Error(
    `PostgreSQL is missing and could not be installed. Install it (Debian, as root: apt-get install postgresql), or run without CI set to leave it out.${tail && `\n${tail}`}`,
  );
}

function keepFromStarting(): void {
  if (process.getuid?.() !== 0 || existsSync(CLUSTER_SETTINGS)) return;
  mkdirSync('/etc/postgresql-common', { recursive: true });
  writeFileSync(CLUSTER_SETTINGS, 'create_main_cluster = false\n');
}
