/**
 * What the relay asks of a durable engine. It holds ids and step names only: no token, code or PIN, and no text
 * of an error, ever goes into it, because engines keep what they are given as plain JSON.
 */
export interface Engine {
  /** Runs the flow of an onboarding. The same id and generation twice is one run. */
  submit(onboardingId: string, generation: number): Promise<void>;
  /** Whether that run waits for its turn or goes on; false where it has ended, or where there was none. */
  isLive(onboardingId: string, generation: number): Promise<boolean>;
  start(): Promise<void>;
  /** Takes no more work and waits for what runs, at most `ms`; what is left goes on at the next start. */
  stop(ms: number): Promise<void>;
}

/** All that a flow may know of the engine that runs it. */
export interface Durable {
  /**
   * Runs `work` and remembers its result across restarts. Work that throws is run again after a pause, without
   * limit: how often a step is worth trying is counted in the relay's own ledger. Work that was cut off is run
   * again at once, so it must be safe to repeat.
   */
  run<T extends string>(name: string, work: () => Promise<T>): Promise<T>;
}

/** The flow that an engine runs: the same for every engine. */
export type Flow = (onboardingId: string, generation: number, durable: Durable) => Promise<void>;

/** How long an engine waits before it tries again: 1, 2, 4, … seconds. */
export const pauses = { firstMs: 1000, factor: 2, longestMs: 60_000 } as const;

/** Milliseconds from the end of an attempt (from 1) to the start of the next. */
export function pauseAfter(attempt: number): number {
  return Math.min(pauses.firstMs * pauses.factor ** (attempt - 1), pauses.longestMs);
}

/** Why something will be tried again. It has a code and nothing else, because engines store what is thrown. */
export class RetryLater extends Error {
  override readonly name = 'RetryLater';
  constructor(code: string) {
    super(code);
  }
}

/** Runs work for an engine: whatever it throws comes out as a {@link RetryLater}, without a foreign text. */
export async function codeOnly<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (cause) {
    throw cause instanceof RetryLater ? cause : new RetryLater('internal-error');
  }
}

/**
 * Waits for all, then throws the first error. With `Promise.all` an engine would not record the siblings still
 * running and would run them again after a restart.
 */
export async function settled<T>(work: readonly Promise<T>[]): Promise<T[]> {
  await Promise.allSettled(work);
  return Promise.all(work);
}
