import { GraphError } from './error.ts';

/** Keeps calls from a Graph API that is down: each would hold a customer's step for its whole deadline. */
export interface Breaker {
  /** Does the work, or refuses to. @throws GraphError `unsent` where it refuses; else what the work throws. */
  run<T>(work: () => Promise<T>): Promise<T>;
}

export interface BreakerOptions {
  /** Milliseconds since 1970. */
  now: () => number;
  /** Told when calls begin to be refused, and when they pass again. */
  changed?: (state: 'open' | 'closed') => void;
}

/** Failures in a row until no call is let through, and for how long; then one goes to see whether it is over. */
const FAILURES = 5;
const OPEN_MS = 30_000;

/** One for each process and Graph host. */
export function createBreaker({ now, changed = () => {} }: BreakerOptions): Breaker {
  let failures = 0;
  let openedAt: number | null = null;
  let probing = false;

  function open(): void {
    if (openedAt === null) changed('open');
    openedAt = now();
  }

  function close(): void {
    failures = 0;
    if (openedAt !== null) changed('closed');
    openedAt = null;
  }

  /** Whether this call is the one that goes to see. */
  function admit(): boolean {
    if (openedAt === null) return false;
    // In both directions: a clock that was set back must not keep calls away for as long.
    if (probing || Math.abs(now() - openedAt) < OPEN_MS) {
      throw new GraphError({ kind: 'no-answer', message: 'not sent: Meta does not answer', unsent: true });
    }
    probing = true;
    return true;
  }

  return {
    async run(work) {
      const isProbe = admit();
      try {
        const result = await work();
        close();
        return result;
      } catch (cause) {
        if (!isOutage(cause)) close();
        // What was sent before the others failed tells nothing new.
        else if (isProbe || (openedAt === null && ++failures >= FAILURES)) open();
        throw cause;
      } finally {
        if (isProbe) probing = false;
      }
    },
  };
}

/** No connection, no answer in time, or an error of Meta's own; a refusal comes from a Graph API that is well. */
function isOutage(cause: unknown): boolean {
  if (!(cause instanceof GraphError)) return false;
  const { kind, status } = cause.failure;
  return status === undefined ? kind === 'no-answer' : status >= 500;
}
