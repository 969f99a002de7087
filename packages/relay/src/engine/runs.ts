import type { Backend } from 'openworkflow/internal';

/** Where an engine keeps its runs, and what OpenWorkflow's interface does not tell about them. */
export interface Runs {
  backend: Backend;
  /** OpenWorkflow itself forgets a key after 24 hours and would start a second run beside a live one. */
  isLive(idempotencyKey: string): Promise<boolean>;
  /** Frees what an earlier process held when it was killed, where that can be known. */
  recover(): Promise<void>;
  close(): Promise<void>;
}

/** The names under which the runs stand in OpenWorkflow's table. */
export const namespaceId = 'default';
export const workflowName = 'onboard';
