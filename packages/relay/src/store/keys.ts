import { sql } from 'kysely';
import type { SealingKey } from '../seal.ts';
import { SettingsError } from '../settings/settings.ts';
import type { Store } from './store.ts';

/**
 * Refuses to start where a stored value is sealed with a key that is not there any more: each customer whose token
 * it is would fail one by one, for as long as nobody looks.
 *
 * @throws SettingsError that names every such key.
 */
export async function assertKeys(store: Store, keys: readonly SealingKey[]): Promise<void> {
  const known = keys.map(({ id }) => id);
  const missing: string[] = [];
  for (
    let id = await otherKey(store, known);
    id !== null;
    id = await otherKey(store, [...known, ...missing])
  ) {
    missing.push(id);
  }
  if (missing.length > 0) throw new SettingsError(missing.map(problem));
}

function problem(id: string): string {
  const made = id === 'dev' ? ' It is the one that was made in development, beside the database.' : '';
  return `RELAY_KEY does not name the key "${id}", which stored values are sealed with.${made} Add it back, after the newest: id:key,${id}:key.`;
}

/** The id of a key that seals a stored value and is none of these. */
async function otherKey(store: Store, ids: readonly string[]): Promise<string | null> {
  const sealed = store
    .selectFrom('credential')
    .select('sealed')
    .unionAll(store.selectFrom('pin').select('sealed'))
    .unionAll(
      store
        .selectFrom('step')
        .select((eb) => eb.ref('input').$notNull().as('sealed'))
        .where('input', 'is not', null),
    );
  const found = await store
    .selectFrom(sealed.as('value'))
    .select('sealed')
    .where((eb) => eb.and(ids.map((id) => eb(startOf(id), '!=', prefix(id)))))
    .limit(1)
    .executeTakeFirst();
  return found?.sealed.split('.')[1] ?? null;
}

const prefix = (id: string): string => `s1.${id}.`;

/** Not LIKE: an id may hold its wildcards. */
const startOf = (id: string) => sql<string>`substr(sealed, 1, ${sql.lit(prefix(id).length)})`;
