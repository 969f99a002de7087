import { BackendPostgres } from 'openworkflow/postgres';
import postgres from 'postgres';
import type { Secret } from '../secret.ts';
import type { Runs } from './runs.ts';
import { namespaceId, workflowName } from './runs.ts';

/** OpenWorkflow's own name for it. */
const schema = 'openworkflow';

/** Few: each process has these and the store's. */
const CONNECTIONS = 5;

const quiet = { connect_timeout: 10, onnotice: () => {} };

/** Runs in a PostgreSQL, for any number of processes. */
export async function openPostgresRuns(url: Secret): Promise<Runs> {
  await migrate(url.reveal());
  const sql = postgres(url.reveal(), {
    ...quiet,
    max: CONNECTIONS,
    // OpenWorkflow reads its columns so.
    transform: { column: { from: postgres.toCamel } },
  });
  const backend = BackendPostgres.fromPool(sql, { namespaceId, schema });
  return {
    backend,
    async isLive(idempotencyKey) {
      const live = await sql`
        SELECT 1 FROM ${sql(schema)}.workflow_runs
        WHERE namespace_id = ${namespaceId} AND workflow_name = ${workflowName}
        AND idempotency_key = ${idempotencyKey} AND status IN ('pending', 'running', 'sleeping')`;
      return live.length > 0;
    },
    /** Nothing: another process may hold what runs. Where it was killed, its lease ends 30 s later. */
    recover: async () => {},
    close: () => backend.stop(),
  };
}

/** One process at a time: OpenWorkflow's migrations do not expect another beside them. */
async function migrate(url: string): Promise<void> {
  const lock = postgres(url, { ...quiet, max: 1 });
  try {
    await lock`SELECT pg_advisory_lock(hashtext('whatsapp-embedded-signup-relay engine'))`;
    await (await BackendPostgres.connect(url, { namespaceId, schema })).stop();
  } finally {
    // The lock goes with its connection.
    await lock.end();
  }
}
