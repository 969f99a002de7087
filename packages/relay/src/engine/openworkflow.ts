import { DatabaseSync } from 'node:sqlite';
import { OpenWorkflow } from 'openworkflow';
import { BackendSqlite } from 'openworkflow/sqlite';
import { type Log, placeOf } from '../log.ts';
import { makePrivateFile } from '../store/private.ts';
import { atMost, insist } from '../wait.ts';
import type { Engine, Flow } from './engine.ts';
import { codeOnly, pauses } from './engine.ts';

export interface OpenWorkflowOptions {
  /** The engine's own SQLite file: two writers on one file would wait for each other. */
  file: string;
  flow: Flow;
  log: Log;
  /** Onboardings at once. A single slot would make every customer wait for the one before. */
  concurrency?: number;
}

const namespaceId = 'default';
const workflowName = 'onboard';

/** 0 is "without limit": a run that gave up would leave its onboarding to the next sweep. */
const retryPolicy = {
  initialInterval: `${pauses.firstMs}ms`,
  backoffCoefficient: pauses.factor,
  maximumInterval: `${pauses.longestMs}ms`,
  maximumAttempts: 0,
} as const;

/** OpenWorkflow's own connection gives up at once where the file is locked, by a backup for example. */
const SUBMIT_PATIENCE_MS = 2000;

/** The engine on OpenWorkflow and SQLite, for one process on one machine. */
export function createOpenWorkflowEngine({ file, flow, log, concurrency = 20 }: OpenWorkflowOptions): Engine {
  makePrivateFile(file);
  const backend = BackendSqlite.connect(file, { namespaceId });
  const runs = openRuns(file);
  const openWorkflow = new OpenWorkflow({ backend });
  const onboard = openWorkflow.defineWorkflow<{ id: string; generation: number }, null>(
    { name: workflowName, retryPolicy },
    async ({ input: { id, generation }, step }) => {
      await flow(id, generation, {
        run: (name, work) => step.run({ name, retryPolicy }, () => codeOnly(work)),
      });
      return null;
    },
  );
  const worker = openWorkflow.newWorker({ concurrency });

  return {
    async submit(id, generation) {
      const idempotencyKey = keyOf(id, generation);
      await insist(() => onboard.run({ id, generation }, { idempotencyKey }), SUBMIT_PATIENCE_MS);
      // Submitting only writes a row, and an idle worker sleeps up to a second before it looks. It does look, so
      // a look that fails here costs that second and nothing else.
      await worker
        .tick()
        .catch((cause) => log('warn', 'a run waits for its turn', { detail: placeOf(cause) }));
    },

    isLive: async (id, generation) => runs.isLive(keyOf(id, generation)),

    async start() {
      runs.releaseLeases();
      await worker.start();
    },

    async stop(ms) {
      if (!(await atMost(worker.stop(), ms)))
        log('warn', 'steps were still running at the stop; they go on at the next start');
      runs.close();
      await backend.stop();
    },
  };
}

function keyOf(id: string, generation: number): string {
  return `${id}:${generation}`;
}

/** What OpenWorkflow's interface does not tell about its runs, read from its table. */
interface Runs {
  /** OpenWorkflow itself forgets a key after 24 hours and would start a second run beside a live one. */
  isLive(idempotencyKey: string): boolean;
  /**
   * Frees what a killed process held. A lease lasts 30 s and belongs to a worker that is gone: without this, every
   * customer in flight would wait that long after a restart. Only right where one process owns the file.
   */
  releaseLeases(): void;
  close(): void;
}

function openRuns(file: string): Runs {
  const database = new DatabaseSync(file, { timeout: 5000 });
  const live = database.prepare(
    `SELECT 1 FROM workflow_runs WHERE namespace_id = ? AND workflow_name = ? AND idempotency_key = ?
     AND status IN ('pending', 'running', 'sleeping')`,
  );
  return {
    isLive: (idempotencyKey) => live.get(namespaceId, workflowName, idempotencyKey) !== undefined,
    releaseLeases() {
      database
        .prepare(`UPDATE workflow_runs SET available_at = ? WHERE status = 'running'`)
        .run(new Date().toISOString());
    },
    close: () => database.close(),
  };
}
