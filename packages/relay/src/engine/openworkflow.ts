import { DatabaseSync } from 'node:sqlite';
import { OpenWorkflow } from 'openworkflow';
import { BackendSqlite } from 'openworkflow/sqlite';
import type { Log } from '../log.ts';
import { atMost } from '../wait.ts';
import type { Engine, Flow } from './engine.ts';
import { retries } from './engine.ts';

export interface OpenWorkflowOptions {
  /** The engine's own SQLite file: two writers on one file would wait for each other. */
  file: string;
  flow: Flow;
  log: Log;
  /** Onboardings at once. A single slot would make every customer wait for the one before. */
  concurrency?: number;
}

const retryPolicy = {
  initialInterval: `${retries.firstPauseMs}ms`,
  backoffCoefficient: retries.factor,
  maximumInterval: `${retries.longestPauseMs}ms`,
  maximumAttempts: retries.attempts,
} as const;

/** The engine on OpenWorkflow and SQLite, for one process on one machine. */
export function createOpenWorkflowEngine({ file, flow, log, concurrency = 20 }: OpenWorkflowOptions): Engine {
  const backend = BackendSqlite.connect(file);
  const openWorkflow = new OpenWorkflow({ backend });
  const onboard = openWorkflow.defineWorkflow<{ id: string }, null>(
    { name: 'onboard', retryPolicy: { ...retryPolicy, maximumAttempts: 0 } },
    async ({ input, step }) => {
      await flow(input.id, { run: (name, work) => step.run({ name, retryPolicy }, work) });
      return null;
    },
  );
  const worker = openWorkflow.newWorker({ concurrency });

  return {
    async submit(id, generation) {
      await onboard.run({ id }, { idempotencyKey: `${id}:${generation}` });
      // Submitting only writes a row, and an idle worker sleeps up to a second before it looks.
      await worker.tick();
    },

    async start() {
      releaseLeases(file);
      await worker.start();
    },

    async stop(ms) {
      if (!(await atMost(worker.stop(), ms)))
        log('warn', 'steps were still running at the stop; they go on at the next start');
      await backend.stop();
    },
  };
}

/**
 * Frees what a killed process held. A lease lasts 30 s and belongs to a worker that is gone: without this, every
 * customer in flight would wait that long after a restart. Only right where one process owns the file.
 */
function releaseLeases(file: string): void {
  const database = new DatabaseSync(file, { timeout: 5000 });
  database
    .prepare(`UPDATE workflow_runs SET available_at = ? WHERE status = 'running'`)
    .run(new Date().toISOString());
  database.close();
}
