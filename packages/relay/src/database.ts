import type { Runs } from './engine/runs.ts';
import { openSqliteRuns } from './engine/sqlite.ts';
import type { SealingKey } from './seal.ts';
import type { Database } from './settings/settings.ts';
import { assertKeys } from './store/keys.ts';
import type { Store } from './store/store.ts';
import { openStore } from './store/store.ts';

/**
 * Opens the relay's own tables and the engine's, and brings both up to date.
 *
 * @throws SettingsError where a key is missing that stored values are sealed with.
 */
export async function openDatabase(
  database: Database,
  keys: readonly SealingKey[],
): Promise<{ store: Store; runs: Runs }> {
  const store = await openStore(database);
  try {
    await assertKeys(store, keys);
    return { store, runs: await openRuns(database) };
  } catch (error) {
    await store.destroy();
    throw error;
  }
}

/** Opens the engine's tables: a file beside the relay's own, or a schema beside it. */
export async function openRuns(database: Database): Promise<Runs> {
  if (database.kind === 'sqlite') return openSqliteRuns(database.file.replace(/(\.db)?$/, '.engine.db'));
  const { openPostgresRuns } = await import('./engine/postgres.ts');
  return openPostgresRuns(database.url);
}
