import { chmodSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { SealingKey } from './seal.ts';
import type { Settings } from './settings/settings.ts';
import { parseKeys } from './settings/values.ts';

/**
 * The keys of the settings; in development, where none is set, one that is made once and kept beside the database.
 * Kept, because a new key at each start would make every stored token unreadable.
 */
export function sealingKeys(settings: Settings): readonly SealingKey[] {
  if (settings.keys.length > 0) return settings.keys;
  const { database } = settings;
  if (database.kind !== 'sqlite')
    throw new Error('RELAY_KEY is not set; beside PostgreSQL the relay makes no key.');
  const file = join(dirname(database.file), 'development.key');
  if (!existsSync(file)) {
    const bytes = crypto.getRandomValues(new Uint8Array(32));
    writeFileSync(file, `${Buffer.from(bytes).toString('base64')}\n`, { mode: 0o600 });
  }
  chmodSync(file, 0o600);
  const keys = parseKeys(`dev:${readFileSync(file, 'utf8').trim()}`);
  if (!keys.ok) throw new Error(`${file} is damaged: it ${keys.why}. Delete it together with the database.`);
  return keys.value;
}
