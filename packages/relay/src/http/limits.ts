import type { Context, MiddlewareHandler } from 'hono';
import { RelayProblem } from '../errors.ts';
import { addressPrefix, clientAddress } from './address.ts';
import type { Rate } from './buckets.ts';
import { createBuckets } from './buckets.ts';
import type { Callers } from './caller.ts';

/**
 * What keeps one caller from taking the relay from all others. Calls with a session count for that alone, however
 * many share an address; those that anybody can make count for the address, and new sessions for the portal too.
 */
export interface Limits {
  /** Counts a call. @throws RelayProblem `too-many-requests` */
  guard: MiddlewareHandler;
  /**
   * Counts what was sent for a portal key and is none: the origin check refuses it before {@link Limits.guard} could.
   *
   * @throws RelayProblem `too-many-requests`
   */
  guesses: MiddlewareHandler;
  /** Counts a session that a page asks for. @throws RelayProblem `too-many-requests` */
  newSession(portal: string): void;
  /** Counts a stream as long as it is open: each looks into the store. @throws RelayProblem `too-many-requests` */
  openStream(onboardingId: string): () => void;
}

/** How often each may call. */
export interface Rates {
  session: Rate;
  /** A portal key's. */
  backend: Rate;
  /** Of those that have neither: an IPv4 address, or 56 bits of an IPv6 one. */
  address: Rate;
  /** Sessions that pages ask for. */
  portal: Rate;
}

/** A page asks a few times a second at most; behind one address may be a whole office, or a proxy nobody named. */
export const usualRates: Rates = {
  session: { perSecond: 100, burst: 500 },
  backend: { perSecond: 200, burst: 1000 },
  address: { perSecond: 100, burst: 1000 },
  portal: { perSecond: 500, burst: 2000 },
};

/** Tabs and reconnections of one customer. */
const STREAMS_OF_ONE = 20;
const STREAM_WAIT_MS = 5000;

/** The connection that a request came by, as the server tells it. */
export interface Connection {
  /** The address at its other end. */
  address?: string | undefined;
}

export function createLimits(callers: Callers, proxies: number, rates: Rates): Limits {
  // A wall clock may be set back.
  const clock = (): number => performance.now();
  const sessions = createBuckets(rates.session, clock);
  const backends = createBuckets(rates.backend, clock);
  const addresses = createBuckets(rates.address, clock);
  const portals = createBuckets(rates.portal, clock);
  const streams = new Map<string, number>();

  async function count(c: Context): Promise<number> {
    const caller = await callers.of(c);
    if (caller.kind === 'session') return sessions.take(caller.session.id);
    if (caller.kind === 'backend') return backends.take([...caller.portals].join());
    const { address } = c.env as Connection;
    return addresses.take(addressPrefix(clientAddress(address, c.req.header('x-forwarded-for'), proxies)));
  }

  return {
    guard: async (c, next) => {
      assertTaken(await count(c));
      await next();
    },

    guesses: async (c, next) => {
      const caller = await callers.of(c);
      const isGuess = caller.kind === 'stranger' && caller.sent === 'key';
      // A page's is counted with its other calls.
      if (isGuess && c.req.header('origin') === undefined) assertTaken(await count(c));
      await next();
    },

    newSession: (portal) => assertTaken(portals.take(portal)),

    openStream(id) {
      const open = streams.get(id) ?? 0;
      if (open >= STREAMS_OF_ONE) assertTaken(STREAM_WAIT_MS);
      streams.set(id, open + 1);
      return () => {
        const left = (streams.get(id) ?? 1) - 1;
        if (left === 0) streams.delete(id);
        else streams.set(id, left);
      };
    },
  };
}

function assertTaken(wait: number): void {
  if (wait > 0) throw new RelayProblem('too-many-requests', { retryAfter: wait });
}
