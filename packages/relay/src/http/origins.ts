import type { Context } from 'hono';
import { RelayProblem } from '../errors.ts';
import type { Portal, Settings } from '../settings/settings.ts';
import { isLoopback } from '../settings/values.ts';

/** Which origins may use the relay, and which of its portals. */
export interface Origins {
  /** The request's origin. @throws RelayProblem `origin-not-allowed` where it is not one of this portal. */
  allowed(c: Context, portal: Portal): string;
  /**
   * The same for a call with a session that was made for `origin`. Browsers leave `Origin` out of a same-origin GET;
   * the page is the session's then where it has the host that was asked.
   */
  assertSession(c: Context, portal: Portal, origin: string | null): void;
  /** @throws RelayProblem `origin-not-allowed` where the request's origin is not one of any portal. */
  assertAny(c: Context): void;
}

/** Origins are compared whole, as browsers send them: no suffix, no pattern, no wildcard. */
export function createOrigins(settings: Settings): Origins {
  const everyPortal = new Set([...settings.portals.values()].flatMap((portal) => portal.origins));
  const published = settings.publicUrl === null ? null : new URL(settings.publicUrl).origin;
  const publishedHost = published === null ? null : new URL(published).host;

  /** The relay's own pages may use it: those at its public address, and on loopback in development. */
  function isOwn(c: Context, origin: string): boolean {
    if (origin === published) return true;
    if (!settings.development || !URL.canParse(origin)) return false;
    const page = new URL(origin);
    return page.protocol === 'http:' && isLoopback(page.hostname) && page.port === new URL(c.req.url).port;
  }

  function identify(c: Context): { origin: string; own: boolean } {
    const origin = c.req.header('origin');
    if (origin !== undefined) return { origin, own: isOwn(c, origin) };
    // Browsers leave Origin out of a same-origin GET, and no page can forge Sec-Fetch-Site.
    if (c.req.header('sec-fetch-site') === 'same-origin') {
      return { origin: published ?? new URL(c.req.url).origin, own: true };
    }
    throw new RelayProblem('origin-not-allowed', { detail: 'The request has no Origin header.' });
  }

  function allowed(c: Context, portal: Portal): string {
    const { origin, own } = identify(c);
    if (own || portal.origins.includes(origin)) return origin;
    throw new RelayProblem('origin-not-allowed', {
      detail: `The origin ${origin.slice(0, 200)} is not among those of the portal ${portal.name}.`,
    });
  }

  /** Behind TLS the relay sees neither its own scheme nor, without a public address, its own origin: hosts count. */
  function isAsked(c: Context, origin: string): boolean {
    const { host } = new URL(origin);
    return host === c.req.header('host') || host === publishedHost;
  }

  return {
    allowed,

    assertSession(c, portal, origin) {
      const page = allowed(c, portal);
      if (origin === null || page === origin) return;
      if (c.req.header('origin') === undefined && isAsked(c, origin)) return;
      throw new RelayProblem('origin-not-allowed', { detail: 'The session was made for another origin.' });
    },

    assertAny(c) {
      const { origin, own } = identify(c);
      if (!own && !everyPortal.has(origin)) {
        throw new RelayProblem('origin-not-allowed', {
          detail: `The origin ${origin.slice(0, 200)} is not one of this relay’s portals.`,
        });
      }
    },
  };
}
