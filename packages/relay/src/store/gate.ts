import type { Transaction } from 'kysely';
import type { Tables } from './schema.ts';

/**
 * Keeps others who count the same thing out of their transactions until this one has ended: counting and taking the
 * last place are one. Rows that are counted cannot do that, since the first of them is not there yet.
 *
 * @param name what is counted, such as `credit/acme` or `number/20001`
 */
export async function keepGate(trx: Transaction<Tables>, name: string): Promise<void> {
  await trx
    .insertInto('gate')
    .values({ name })
    .onConflict((conflict) => conflict.column('name').doUpdateSet({ name }))
    .execute();
}
