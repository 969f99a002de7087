import type { Kysely } from 'kysely';
import type { Before } from './0002-owners.ts';
import { keepOwners } from './0002-owners.ts';

/**
 * What an onboarding needs to wait, to be answered and to go on: who owns an account, what the relay has asked of a
 * number, when something is too late, what is told to the site's backend.
 */
export async function addLife(
  trx: Pick<Kysely<Before>, 'schema' | 'selectFrom' | 'insertInto'>,
): Promise<void> {
  await addColumns(trx);
  await createAccount(trx);
  await keepOwners(trx);
  await createRecords(trx);
}

async function addColumns(trx: Pick<Kysely<unknown>, 'schema'>): Promise<void> {
  // One column a statement: SQLite adds no more at once.
  for (const name of ['reference', 'reconnect', 'plan', 'decisions']) {
    await trx.schema.alterTable('onboarding').addColumn(name, 'text').execute();
  }
  for (const name of ['action', 'input', 'result', 'progress']) {
    await trx.schema.alterTable('step').addColumn(name, 'text').execute();
  }
  await trx.schema.alterTable('step').addColumn('unsent', 'bigint').execute();
  await trx.schema.alterTable('credential').addColumn('recovered_at', 'bigint').execute();
  await trx.schema.createIndex('step_retry').on('step').column('retry_at').execute();
}

async function createAccount(trx: Pick<Kysely<unknown>, 'schema'>): Promise<void> {
  await trx.schema
    .createTable('account')
    .addColumn('waba_id', 'text', (column) => column.primaryKey())
    .addColumn('portal', 'text', (column) => column.notNull())
    .addColumn('reference', 'text')
    .addColumn('onboarding_id', 'text', (column) => column.notNull())
    .addColumn('business_id', 'text')
    .addColumn('phone_number_id', 'text')
    .addColumn('connected_at', 'bigint')
    .addColumn('created_at', 'bigint', (column) => column.notNull())
    .addColumn('updated_at', 'bigint', (column) => column.notNull())
    .execute();
  await trx.schema.createIndex('account_portal').on('account').column('portal').execute();
  await trx.schema.createIndex('account_onboarding').on('account').column('onboarding_id').execute();
}

async function createRecords(trx: Pick<Kysely<unknown>, 'schema'>): Promise<void> {
  await trx.schema
    .createTable('registration')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('phone_number_id', 'text', (column) => column.notNull())
    .addColumn('outcome', 'text')
    .addColumn('at', 'bigint', (column) => column.notNull())
    .execute();
  await trx.schema
    .createIndex('registration_number')
    .on('registration')
    .columns(['phone_number_id', 'at'])
    .execute();
  await trx.schema
    .createTable('credit')
    .addColumn('waba_id', 'text', (column) => column.primaryKey())
    .addColumn('portal', 'text', (column) => column.notNull())
    .addColumn('onboarding_id', 'text')
    .addColumn('line_id', 'text')
    .addColumn('business_id', 'text')
    .addColumn('allocation_id', 'text')
    .addColumn('currency', 'text', (column) => column.notNull())
    .addColumn('shared_at', 'bigint', (column) => column.notNull())
    .addColumn('revoked_at', 'bigint')
    .execute();
  await trx.schema.createIndex('credit_portal').on('credit').columns(['portal', 'shared_at']).execute();
  await trx.schema
    .createTable('gate')
    .addColumn('name', 'text', (column) => column.primaryKey())
    .execute();
  await trx.schema
    .createTable('deadline')
    .addColumn('onboarding_id', 'text', (column) =>
      column.notNull().references('onboarding.id').onDelete('cascade'),
    )
    .addColumn('step', 'text', (column) => column.notNull())
    .addColumn('at', 'bigint', (column) => column.notNull())
    .addColumn('warn_at', 'bigint', (column) => column.notNull())
    .addColumn('warned_at', 'bigint')
    .addPrimaryKeyConstraint('deadline_key', ['onboarding_id', 'step'])
    .execute();
  await trx.schema
    .createTable('sync_request')
    .addColumn('phone_number_id', 'text', (column) => column.primaryKey())
    .addColumn('onboarding_id', 'text', (column) =>
      column.notNull().references('onboarding.id').onDelete('cascade'),
    )
    .execute();
  await trx.schema
    .createTable('arrival')
    .addColumn('app_id', 'text', (column) => column.notNull())
    .addColumn('waba_id', 'text', (column) => column.notNull())
    .addColumn('business_id', 'text', (column) => column.notNull())
    .addColumn('at', 'bigint', (column) => column.notNull())
    .addColumn('tries', 'bigint', (column) => column.notNull())
    .addColumn('retry_at', 'bigint')
    .addColumn('settled_at', 'bigint')
    .addPrimaryKeyConstraint('arrival_key', ['app_id', 'waba_id'])
    .execute();
  await trx.schema
    .createTable('outbox')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('portal', 'text', (column) => column.notNull())
    .addColumn('type', 'text', (column) => column.notNull())
    .addColumn('body', 'text', (column) => column.notNull())
    .addColumn('created_at', 'bigint', (column) => column.notNull())
    .execute();
  await trx.schema
    .createTable('audit')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('portal', 'text', (column) => column.notNull())
    .addColumn('actor', 'text', (column) => column.notNull())
    .addColumn('action', 'text', (column) => column.notNull())
    .addColumn('subject', 'text', (column) => column.notNull())
    .addColumn('detail', 'text')
    .addColumn('at', 'bigint', (column) => column.notNull())
    .execute();
  await trx.schema.createIndex('audit_action').on('audit').columns(['action', 'at']).execute();
}
