import { isLoopback } from '../loopback.ts';

/** Why a request may not reach the controls. */
export interface GuardProblem {
  code: 'origin-refused' | 'host-refused';
  message: string;
}

/**
 * Keeps pages off the controls, but those on loopback: a page may not read or change the sandbox of whoever visits it.
 *
 * - A page's `Origin` must be loopback. Browsers send it with every POST and to every other origin that is read.
 * - Without one, `Sec-Fetch-Site` must not name another site. Pages cannot set it, and a browser sends it only to an
 *   address that it trusts: https or loopback. (W3C: Fetch Metadata Request Headers.)
 * - Without either it is a program, or a page whose own name was made to point at this machine (DNS rebinding) and
 *   that reads over plain http. These two look alike, so `Host` must be a name that no stranger can have.
 */
export function guardProblem(headers: Headers, ownHost: string | undefined): GuardProblem | null {
  const elsewhere: GuardProblem = {
    code: 'origin-refused',
    message: 'The controls answer pages on loopback only.',
  };
  const origin = headers.get('origin');
  if (origin !== null) return isLoopback(origin) ? null : elsewhere;
  const site = headers.get('sec-fetch-site');
  if (site !== null) return site === 'same-origin' || site === 'none' ? null : elsewhere;
  // In this process there is none.
  const host = headers.get('host');
  if (host === null || isOurs(host, ownHost)) return null;
  return {
    code: 'host-refused',
    message:
      'The controls answer to localhost, IP addresses and names without a dot; a program that needs another name sends "Sec-Fetch-Site: none", which no page can.',
  };
}

/**
 * Ends of names that nobody can register: RFC 2606 and 6761 (reserved), 6762 (`local`), 8375 (`home.arpa`), ICANN's
 * `internal`; and Meta's, which are mapped to a sandbox that stands in for it.
 */
const safeEnds = [
  'localhost',
  'test',
  'example',
  'invalid',
  'example.com',
  'example.net',
  'example.org',
  'local',
  'home.arpa',
  'internal',
  'facebook.com',
  'facebook.net',
];

function isOurs(host: string, ownHost: string | undefined): boolean {
  const url = `http://${host}`;
  if (!URL.canParse(url)) return false;
  const { hostname } = new URL(url);
  const isAddress = hostname.startsWith('[') || /^[\d.]+$/.test(hostname);
  if (isAddress || !hostname.includes('.') || hostname === ownHost?.toLowerCase()) return true;
  return safeEnds.some((end) => hostname.endsWith(`.${end}`) || hostname === end);
}
