import { DatabaseSync } from 'node:sqlite';
import { BackendSqlite } from 'openworkflow/sqlite';
import { makePrivateFile } from '../store/private.ts';
import type { Runs } from './runs.ts';
import { namespaceId, workflowName } from './runs.ts';

/**
 * Runs in an SQLite file of the engine's own, for one process: two writers on one file would wait for each other.
 */
export function openSqliteRuns(file: string): Runs {
  makePrivateFile(file);
  const backend = BackendSqlite.connect(file, { namespaceId });
  const database = new DatabaseSync(file, { timeout: 5000 });
  const live = database.prepare(
    `SELECT 1 FROM workflow_runs WHERE namespace_id = ? AND workflow_name = ? AND idempotency_key = ?
     AND status IN ('pending', 'running', 'sleeping')`,
  );
  return {
    backend,
    isLive: async (idempotencyKey) => live.get(namespaceId, workflowName, idempotencyKey) !== undefined,
    /**
     * A lease lasts 30 s and belongs to a worker that is gone: without this, every customer in flight would wait
     * that long after a restart. Only right where one process owns the file.
     */
    async recover() {
      database
        .prepare(`UPDATE workflow_runs SET available_at = ? WHERE status = 'running'`)
        .run(new Date().toISOString());
    },
    async close() {
      database.close();
      await backend.stop();
    },
  };
}
