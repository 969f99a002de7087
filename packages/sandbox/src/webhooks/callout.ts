import type { Lifetime } from '../lifetime.ts';

/** How the sandbox speaks to the addresses that it is given. */
export interface Callout {
  /** Breaks off when the patience is at its end, with a `TimeoutError`, or the sandbox stops: `AbortError`. */
  fetch: typeof fetch;
  /** How long a receiver may take to answer, in milliseconds of real time. */
  patienceMs: number;
}

export function createCallout(options: Callout, lifetime: Lifetime): Callout {
  const { fetch, patienceMs } = options;
  return {
    patienceMs,
    fetch: (address, init = {}) => {
      const ends = [lifetime.signal, AbortSignal.timeout(patienceMs), ...(init.signal ? [init.signal] : [])];
      return fetch(address, { ...init, signal: AbortSignal.any(ends) });
    },
  };
}

/** Why there was no answer: `ECONNREFUSED` and the like, or a sentence. */
export function reasonOf(error: unknown, patienceMs: number): string {
  if (!(error instanceof Error)) return String(error);
  if (error.name === 'TimeoutError') return `no answer within ${patienceMs / 1000} s`;
  if (error.name === 'AbortError') return 'broken off';
  const cause = error.cause instanceof Error ? error.cause : error;
  return ('code' in cause && String(cause.code)) || cause.message;
}
