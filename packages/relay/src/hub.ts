/** Tells whoever waits in this process that an onboarding changed. What changed is read from the store. */
export interface Hub {
  publish(onboardingId: string): void;
  /** Resolves at the next change, after `ms`, or when the signal aborts: whichever comes first. */
  wait(onboardingId: string, ms: number, signal?: AbortSignal): Promise<void>;
}

export function createHub(): Hub {
  const waiting = new Map<string, Set<() => void>>();
  return {
    publish(id) {
      for (const wake of [...(waiting.get(id) ?? [])]) wake();
    },
    wait(id, ms, signal) {
      return new Promise((resolve) => {
        const wake = (): void => {
          clearTimeout(timer);
          signal?.removeEventListener('abort', wake);
          const others = waiting.get(id);
          others?.delete(wake);
          if (others?.size === 0) waiting.delete(id);
          resolve();
        };
        const timer = setTimeout(wake, ms);
        signal?.addEventListener('abort', wake);
        const others = waiting.get(id) ?? new Set();
        waiting.set(id, others.add(wake));
        if (signal?.aborted) wake();
      });
    },
  };
}
