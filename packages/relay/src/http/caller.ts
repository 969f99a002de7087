import type { Context, HonoRequest, MiddlewareHandler } from 'hono';
import { equalBytes, sha256, toHex } from '../encoding.ts';
import { RelayProblem } from '../errors.ts';
import type { Session, Sessions } from '../sessions.ts';
import type { Settings } from '../settings/settings.ts';
import type { Origins } from './origins.ts';
import { portalOf } from './portals.ts';

/** Who calls: what the `Authorization` header proves, and nothing of what it claims. */
export type Caller =
  | { kind: 'nobody' }
  | { kind: 'session'; session: Session }
  /** The site's backend, with a key of these portals: one key may stand for several. */
  | {
      kind: 'backend';
      portals: ReadonlySet<string>;
      /** What may be shown of the key: `key:` and the first eight hex digits of its SHA-256. */
      shown: string;
    }
  /** Something was sent, and it is neither a session nor a key of this relay. */
  | { kind: 'stranger'; sent: 'session' | 'key' };

export type Backend = Extract<Caller, { kind: 'backend' }>;
export type KnownCaller = Extract<Caller, { kind: 'session' | 'backend' }>;

export interface Callers {
  of(c: Context): Promise<Caller>;
  /**
   * The session of a call, from a page of the origin that it was made for.
   *
   * @throws RelayProblem `session-missing`, `session-invalid`, `portal-unknown` or `origin-not-allowed`.
   */
  session(c: Context): Promise<Session>;
  /**
   * The backend that calls, with the portals whose key it sent.
   *
   * @throws RelayProblem `not-found` where no portal has a key, `portal-key-invalid`, or `portal-key-required` where a
   *   page calls.
   */
  backend(c: Context): Promise<Backend>;
  /** A session or a key. @throws RelayProblem as the two above. */
  known(c: Context): Promise<KnownCaller>;
  /** Refuses foreign origins before any work is done, preflights included. */
  guard: MiddlewareHandler;
}

interface Key {
  digest: Uint8Array;
  portal: string;
}

export async function createCallers(
  settings: Settings,
  origins: Origins,
  sessions: Sessions,
): Promise<Callers> {
  const keys: Key[] = [];
  for (const portal of settings.portals.values()) {
    for (const key of portal.apiKeys) {
      keys.push({ digest: await sha256(key.reveal()), portal: portal.name });
    }
  }
  const known = new WeakMap<HonoRequest, Promise<Caller>>();

  async function identify(c: Context): Promise<Caller> {
    const sent = /^bearer +(\S.*)$/i.exec(c.req.header('authorization') ?? '')?.[1]?.trimEnd();
    if (sent === undefined) return { kind: 'nobody' };
    // Keys first: one of them may look like a session, but no session has a key's digest.
    // A header arrives as bytes, one to a character.
    const digest = await sha256(Buffer.from(sent, 'latin1'));
    const portals = holders(keys, digest);
    if (portals.size > 0) {
      return { kind: 'backend', portals, shown: `key:${toHex(digest).slice(0, 8)}` };
    }
    if (!sent.startsWith('v1.')) return { kind: 'stranger', sent: 'key' };
    try {
      return { kind: 'session', session: await sessions.open(sent) };
    } catch (cause) {
      if (!(cause instanceof RelayProblem)) throw cause;
      return { kind: 'stranger', sent: 'session' };
    }
  }

  function of(c: Context): Promise<Caller> {
    const caller = known.get(c.req) ?? identify(c);
    known.set(c.req, caller);
    return caller;
  }

  /** Without any key there are no backend routes; to say that a key is wrong would say that there are. */
  function wrongKey(): RelayProblem {
    return new RelayProblem(keys.length === 0 ? 'not-found' : 'portal-key-invalid');
  }

  function fromItsPage(c: Context, session: Session): Session {
    origins.assertSession(c, portalOf(settings, session.portal), session.origin);
    return session;
  }

  return {
    of,

    async session(c) {
      const caller = await of(c);
      if (caller.kind === 'stranger') throw new RelayProblem('session-invalid');
      if (caller.kind !== 'session') throw new RelayProblem('session-missing');
      return fromItsPage(c, caller.session);
    },

    async backend(c) {
      const caller = await of(c);
      if (caller.kind === 'backend') return caller;
      if (keys.length === 0 || (caller.kind === 'stranger' && caller.sent === 'key')) throw wrongKey();
      throw new RelayProblem('portal-key-required');
    },

    async known(c) {
      const caller = await of(c);
      if (caller.kind === 'nobody') throw new RelayProblem('session-missing');
      if (caller.kind === 'stranger') {
        throw caller.sent === 'session' ? new RelayProblem('session-invalid') : wrongKey();
      }
      if (caller.kind === 'session') fromItsPage(c, caller.session);
      return caller;
    },

    guard: async (c, next) => {
      c.header('Vary', 'Origin', { append: true });
      // Backends send no Origin, and pages cannot leave it out: whoever names one is held to it, key or not.
      if (c.req.header('origin') === undefined) {
        const caller = await of(c);
        if (caller.kind === 'backend') return next();
        if (caller.kind === 'stranger' && caller.sent === 'key') throw wrongKey();
      }
      origins.assertAny(c);
      await next();
    },
  };
}

/** The portals whose key this is. Every key is compared to its end, so that the time tells nothing of any. */
function holders(keys: readonly Key[], digest: Uint8Array): ReadonlySet<string> {
  const portals = new Set<string>();
  for (const key of keys) {
    if (equalBytes(key.digest, digest)) portals.add(key.portal);
  }
  return portals;
}
