import { AsyncLocalStorage } from 'node:async_hooks';
import type { Kysely, KyselyPlugin, Transaction } from 'kysely';

/** Whether what runs now was started by a transaction. */
const within = new AsyncLocalStorage<true>();

const refuseWithin: KyselyPlugin = {
  transformQuery({ node }) {
    if (within.getStore()) throw new Error('A query within a transaction did not use the transaction.');
    return node;
  },
  transformResult: async ({ result }) => result,
};

/**
 * Refuses a query on the store itself within a transaction, where it has to be on `trx`. It would wait for ever on
 * SQLite, which has one connection. On PostgreSQL it would see and leave another state, and wait for ever too once
 * all connections have such a transaction.
 *
 * @param schema where the tables are; undefined: where the database looks by itself
 */
export function keepToTransactions<T>(store: Kysely<T>, schema?: string): Kysely<T> {
  const inSchema = <K extends Kysely<T>>(kysely: K): K =>
    schema === undefined ? kysely : (kysely.withSchema(schema) as K);
  const kept = inSchema(store).withPlugin(refuseWithin);
  const transaction = kept.transaction.bind(kept);
  kept.transaction = () => {
    const builder = transaction();
    const execute = builder.execute.bind(builder);
    builder.execute = (work) =>
      execute((trx) => within.run(true, () => work(inSchema(trx.withoutPlugins() as Transaction<T>))));
    return builder;
  };
  return kept;
}
