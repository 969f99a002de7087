import { isLoopback } from '../loopback.ts';

/** Where a dialog's answer goes. */
export type WayBack =
  /** The JavaScript SDK: through the arbiter, to the page that opened the window; only it may read messages. */
  | { kind: 'opener'; redirectUri: string; pageOrigin: string }
  /** A plain OAuth redirect: to the site's own address, with the site's own state. */
  | { kind: 'redirect'; redirectUri: string; state: string | null }
  /** Meta's hosted link: nowhere; the partner hears of it by webhook. */
  | { kind: 'hosted' };

/** Reads `redirect_uri`. Null: nobody may be sent there. */
export function readWayBack(query: URLSearchParams, isHosted: boolean): WayBack | null {
  const redirectUri = query.get('redirect_uri');
  if (redirectUri === null) return isHosted ? { kind: 'hosted' } : null;
  if (!URL.canParse(redirectUri)) return null;
  const url = new URL(redirectUri);
  if (url.pathname.startsWith('/x/connect/xd_arbiter/')) return readArbiter(redirectUri, url);
  return isSafe(url) ? { kind: 'redirect', redirectUri, state: query.get('state') } : null;
}

/** The arbiter's fragment names the page: its origin, a slash, and the channel. */
function readArbiter(redirectUri: string, url: URL): WayBack | null {
  if (url.protocol !== 'https:' && url.protocol !== 'http:') return null;
  const page = new URLSearchParams(url.hash.slice(1)).get('origin') ?? '';
  const pageOrigin = URL.canParse(page) ? new URL(page).origin : 'null';
  return pageOrigin === 'null' ? null : { kind: 'opener', redirectUri, pageOrigin };
}

/** Meta: Facebook Login › Security: Enforce HTTPS. Loopback stands for the tunnel that it takes at Meta. */
function isSafe({ protocol, href }: URL): boolean {
  return protocol === 'https:' || (protocol === 'http:' && isLoopback(href));
}
