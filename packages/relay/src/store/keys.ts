import { sql } from 'kysely';
import type { SealContext, Sealer, SealingKey } from '../seal.ts';
import { createSealer } from '../seal.ts';
import { SettingsError } from '../settings/settings.ts';
import type { Store } from './store.ts';

/**
 * Refuses to start where a stored value is sealed with a key that is not there any more, or that is another under the
 * same id: each customer whose token it is would fail one by one, for as long as nobody looks.
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
  const sealer = await createSealer(keys);
  const changed: string[] = [];
  for (const id of known) {
    if (await opensNothing(store, sealer, id)) changed.push(id);
  }
  const problems = [...missing.map(missingKey), ...changed.map(changedKey)];
  if (problems.length > 0) throw new SettingsError(problems);
}

function missingKey(id: string): string {
  const made = id === 'dev' ? ' It is the one that was made in development, beside the database.' : '';
  return `RELAY_KEY does not name the key "${id}", which stored values are sealed with.${made} Add it back, after the newest: id:key,${id}:key.`;
}

function changedKey(id: string): string {
  return `RELAY_KEY has another key "${id}" than the one that stored values are sealed with. Put that one back; a new key needs an id of its own, as in new:key,${id}:key.`;
}

/** One value that cannot be opened is damaged; where none of several can be, it is the key. */
const SAMPLES = 5;

/** Whether this key has sealed something, and opens none of what it has sealed last. */
async function opensNothing(store: Store, sealer: Sealer, id: string): Promise<boolean> {
  const values = store
    .selectFrom('credential')
    .select(['sealed', kind('business_token'), 'onboarding_id as row', 'created_at as at'])
    .unionAll(
      store
        .selectFrom('pin')
        .select([
          'sealed',
          kind('pin'),
          sql<string>`portal || '/' || phone_number_id`.as('row'),
          'created_at as at',
        ]),
    )
    .unionAll(
      store
        .selectFrom('step')
        .innerJoin('onboarding', 'onboarding.id', 'step.onboarding_id')
        .select((eb) => [
          eb.ref('step.input').$notNull().as('sealed'),
          kind('input'),
          sql<string>`step.onboarding_id || '/' || step.name`.as('row'),
          'onboarding.updated_at as at',
        ])
        .where('step.input', 'is not', null),
    );
  const newest = await store
    .selectFrom(values.as('value'))
    .select(['sealed', 'kind', 'row'])
    .where(startOf(id), '=', prefix(id))
    .orderBy('at', 'desc')
    .limit(SAMPLES)
    .execute();
  const opened = await Promise.allSettled(
    newest.map(({ sealed, ...context }) => sealer.open(sealed, context)),
  );
  return newest.length > 0 && opened.every(({ status }) => status === 'rejected');
}

const kind = (name: SealContext['kind']) => sql.lit(name).as('kind');

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
