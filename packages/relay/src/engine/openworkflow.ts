import { OpenWorkflow } from 'openworkflow';
import { type Log, placeOf } from '../log.ts';
import { atMost, insist } from '../wait.ts';
import type { Engine, Flow } from './engine.ts';
import { codeOnly, pauses } from './engine.ts';
import type { Runs } from './runs.ts';
import { workflowName } from './runs.ts';

export interface OpenWorkflowOptions {
  runs: Runs;
  flow: Flow;
  log: Log;
  /** Onboardings at once. A single slot would make every customer wait for the one before. */
  concurrency?: number;
}

/** 0 is "without limit": a run that gave up would leave its onboarding to the next sweep. */
const retryPolicy = {
  initialInterval: `${pauses.firstMs}ms`,
  backoffCoefficient: pauses.factor,
  maximumInterval: `${pauses.longestMs}ms`,
  maximumAttempts: 0,
} as const;

/** OpenWorkflow gives up at once where SQLite's file is locked, by a backup for example, or a connection is lost. */
const SUBMIT_PATIENCE_MS = 2000;

/** When the place of a run that has ended is free: its end has to be written first. */
const FREED_AFTER_MS = 5;

/** The engine on OpenWorkflow, over either database. */
export function createOpenWorkflowEngine({ runs, flow, log, concurrency = 20 }: OpenWorkflowOptions): Engine {
  const openWorkflow = new OpenWorkflow({ backend: runs.backend });
  const onboard = openWorkflow.defineWorkflow<{ id: string; generation: number }, null>(
    { name: workflowName, retryPolicy },
    async ({ input: { id, generation }, step }) => {
      try {
        await flow(id, generation, {
          run: (name, work) => step.run({ name, retryPolicy }, () => codeOnly(work)),
        });
        return null;
      } finally {
        look(FREED_AFTER_MS);
      }
    },
  );
  const worker = openWorkflow.newWorker({ concurrency });
  let stopped = false;
  let soon: NodeJS.Timeout | undefined;

  /**
   * Has the worker look for runs, once for all who ask meanwhile. By itself it sleeps up to a second, where it has
   * nothing to do and where all its places are taken. A look that fails costs that second and nothing else.
   */
  function look(ms: number): void {
    if (stopped || soon !== undefined) return;
    soon = setTimeout(() => {
      soon = undefined;
      worker.tick().catch((cause) => log('warn', 'a run waits for its turn', { detail: placeOf(cause) }));
    }, ms);
  }

  return {
    async submit(id, generation) {
      // Connections that are closed would be opened again for it.
      if (stopped) throw new Error('The engine has stopped.');
      const idempotencyKey = keyOf(id, generation);
      await insist(() => onboard.run({ id, generation }, { idempotencyKey }), SUBMIT_PATIENCE_MS);
      look(0);
    },

    isLive: (id, generation) => runs.isLive(keyOf(id, generation)),

    async start() {
      await runs.recover();
      await worker.start();
    },

    async stop(ms) {
      if (stopped) return;
      stopped = true;
      clearTimeout(soon);
      if (!(await atMost(worker.stop(), ms)))
        log('warn', 'steps were still running at the stop; they go on at the next start');
      await runs.close();
    },
  };
}

function keyOf(id: string, generation: number): string {
  return `${id}:${generation}`;
}
