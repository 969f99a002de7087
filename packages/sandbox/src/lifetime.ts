import { setTimeout as sleep } from 'node:timers/promises';

/** From one start to the stop after it: whatever waits or calls out ends with it. */
export interface Lifetime {
  /** Aborted from `end` to `begin`. */
  readonly signal: AbortSignal;
  /** Settles after so many milliseconds of real time: true, or at once false where the end came before. */
  sleep(ms: number): Promise<boolean>;
  end(): void;
  /** Another one, where this one has ended. */
  begin(): void;
}

/** A lifetime that has begun: a sandbox answers without being started, too. */
export function createLifetime(): Lifetime {
  let current = new AbortController();
  return {
    get signal() {
      return current.signal;
    },
    sleep: (ms) => sleep(ms, true, { signal: current.signal }).catch(() => false),
    end() {
      current.abort();
    },
    begin() {
      if (current.signal.aborted) current = new AbortController();
    },
  };
}
