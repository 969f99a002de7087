import type { Backend } from 'openworkflow/internal';
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

/** Seconds that statements under way have to end, where their pool is given up or closed. */
const END_S = 2;

interface Pool {
  sql: postgres.Sql;
  backend: BackendPostgres;
  lost: boolean;
}

/** Runs in a PostgreSQL, for any number of processes. */
export async function openPostgresRuns(url: Secret): Promise<Runs> {
  await migrate(url.reveal());
  let pool = connect(url.reveal());
  const ending = new Set<Promise<unknown>>();

  /**
   * The pool to use. One that has lost a connection is given up: postgres.js may hold a statement for ever that was
   * to go over it, and OpenWorkflow would wait as long and look for no more runs.
   */
  function current(): Pool {
    if (!pool.lost) return pool;
    const end = pool.sql.end({ timeout: END_S }).catch(() => {});
    ending.add(end);
    void end.then(() => ending.delete(end));
    pool = connect(url.reveal());
    return pool;
  }

  return {
    backend: new Proxy<Backend>(pool.backend, {
      get(_, name) {
        const { backend } = current();
        const member: unknown = Reflect.get(backend, name);
        return typeof member === 'function' ? member.bind(backend) : member;
      },
    }),
    async isLive(idempotencyKey) {
      const { sql } = current();
      const live = await sql`
        SELECT 1 FROM ${sql(schema)}.workflow_runs
        WHERE namespace_id = ${namespaceId} AND workflow_name = ${workflowName}
        AND idempotency_key = ${idempotencyKey} AND status IN ('pending', 'running', 'sleeping')`;
      return live.length > 0;
    },
    /** Nothing: another process may hold what runs. Where it was killed, its lease ends 30 s later. */
    recover: async () => {},
    async close() {
      await Promise.all([pool.sql.end({ timeout: END_S }), ...ending]);
    },
  };
}

function connect(url: string): Pool {
  const sql = postgres(url, {
    ...quiet,
    max: CONNECTIONS,
    // Their end would count as a loss.
    max_lifetime: null,
    // OpenWorkflow reads its columns so.
    transform: { column: { from: postgres.toCamel } },
    onclose: () => {
      pool.lost = true;
    },
  });
  const pool: Pool = { sql, backend: BackendPostgres.fromPool(sql, { namespaceId, schema }), lost: false };
  return pool;
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
