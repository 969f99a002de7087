import type { Kysely } from 'kysely';

/** The straight path: an onboarding, its steps, its codes, its token, the number's PIN. */
export async function createTables(trx: Pick<Kysely<unknown>, 'schema'>): Promise<void> {
  await trx.schema
    .createTable('onboarding')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('session_id', 'text', (column) => column.notNull().unique())
    .addColumn('portal', 'text', (column) => column.notNull())
    .addColumn('claimed_reference', 'text')
    .addColumn('flow', 'text', (column) => column.notNull())
    .addColumn('status', 'text', (column) => column.notNull())
    .addColumn('revision', 'bigint', (column) => column.notNull())
    .addColumn('generation', 'bigint', (column) => column.notNull())
    .addColumn('finish_event', 'text')
    .addColumn('claimed_waba_id', 'text')
    .addColumn('claimed_phone_number_id', 'text')
    .addColumn('claimed_business_id', 'text')
    .addColumn('event_data', 'text')
    .addColumn('account', 'text')
    .addColumn('number', 'text')
    .addColumn('error', 'text')
    .addColumn('created_at', 'bigint', (column) => column.notNull())
    .addColumn('updated_at', 'bigint', (column) => column.notNull())
    .addColumn('ended_at', 'bigint')
    .execute();
  await trx.schema.createIndex('onboarding_status').on('onboarding').column('status').execute();
  await trx.schema
    .createTable('code')
    .addColumn('code_hash', 'text', (column) => column.primaryKey())
    .addColumn('onboarding_id', 'text', (column) =>
      column.notNull().references('onboarding.id').onDelete('cascade'),
    )
    .addColumn('created_at', 'bigint', (column) => column.notNull())
    .execute();
  await trx.schema.createIndex('code_onboarding').on('code').column('onboarding_id').execute();
  await trx.schema
    .createTable('step')
    .addColumn('onboarding_id', 'text', (column) =>
      column.notNull().references('onboarding.id').onDelete('cascade'),
    )
    .addColumn('name', 'text', (column) => column.notNull())
    .addColumn('status', 'text', (column) => column.notNull())
    .addColumn('attempts', 'bigint', (column) => column.notNull())
    .addColumn('started_at', 'bigint')
    .addColumn('ended_at', 'bigint')
    .addColumn('retry_at', 'bigint')
    .addColumn('error', 'text')
    .addPrimaryKeyConstraint('step_key', ['onboarding_id', 'name'])
    .execute();
  await trx.schema
    .createTable('credential')
    .addColumn('onboarding_id', 'text', (column) =>
      column.primaryKey().references('onboarding.id').onDelete('cascade'),
    )
    .addColumn('sealed', 'text', (column) => column.notNull())
    .addColumn('expires_at', 'bigint')
    .addColumn('created_at', 'bigint', (column) => column.notNull())
    .execute();
  await trx.schema
    .createTable('pin')
    .addColumn('portal', 'text', (column) => column.notNull())
    .addColumn('phone_number_id', 'text', (column) => column.notNull())
    .addColumn('sealed', 'text', (column) => column.notNull())
    .addColumn('created_at', 'bigint', (column) => column.notNull())
    .addPrimaryKeyConstraint('pin_key', ['portal', 'phone_number_id'])
    .execute();
}
