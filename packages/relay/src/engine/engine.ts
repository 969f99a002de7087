/**
 * What the relay asks of a durable engine. It holds ids and step names only: no token, code or PIN, and no text
 * of an error, ever goes into it, because engines keep what they are given as plain JSON.
 */
export interface Engine {
  /** Runs the flow of an onboarding. The same id and generation twice is one run. */
  submit(onboardingId: string, generation: number): Promise<void>;
  start(): Promise<void>;
  /** Takes no more work and waits for what runs, at most `ms`; what is left goes on at the next start. */
  stop(ms: number): Promise<void>;
}

/** All that a flow may know of the engine that runs it. */
export interface Durable {
  /**
   * Runs `work` and remembers its result across restarts. Work that throws is run again after a pause; work that
   * was cut off is run again at once, so it must be safe to repeat.
   */
  run<T extends string>(name: string, work: () => Promise<T>): Promise<T>;
}

/** The flow that an engine runs: the same for every engine. */
export type Flow = (onboardingId: string, durable: Durable) => Promise<void>;

/** How often a step is tried, and how long an engine waits between: 1, 2, 4, … seconds. */
export const retries = { attempts: 8, firstPauseMs: 1000, factor: 2, longestPauseMs: 60_000 } as const;

/** Milliseconds from the end of an attempt (from 1) to the start of the next. */
export function pauseAfter(attempt: number): number {
  return Math.min(retries.firstPauseMs * retries.factor ** (attempt - 1), retries.longestPauseMs);
}

/**
 * Waits for all, then throws the first error. With `Promise.all` an engine would not record the siblings still
 * running and would run them again after a restart.
 */
export async function settled(work: readonly Promise<unknown>[]): Promise<void> {
  for (const result of await Promise.allSettled(work)) {
    if (result.status === 'rejected') throw result.reason;
  }
}
