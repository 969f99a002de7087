import { isIP } from 'node:net';

/**
 * The client's address, as far as it can be believed: each trusted proxy appends the address that called it to
 * `X-Forwarded-For`, and what stands further left the client may have written itself.
 *
 * @param socket the address that the connection comes from
 * @param proxies how many proxies stand before the relay
 */
export function clientAddress(
  socket: string | undefined,
  forwardedFor: string | undefined,
  proxies: number,
): string {
  const nearest = socket ?? '';
  if (proxies === 0) return nearest;
  const hops = (forwardedFor ?? '').split(',').map((hop) => bare(hop.trim()));
  const client = hops.at(-proxies) ?? hops[0] ?? '';
  return isIP(client) === 0 ? nearest : client;
}

/** Some proxies write the port too: `192.0.2.1:4711`, `[2001:db8::1]:4711`. */
function bare(hop: string): string {
  return /^\[(.+)\](?::\d+)?$/.exec(hop)?.[1] ?? /^([\d.]+):\d+$/.exec(hop)?.[1] ?? hop;
}

/** What one client has: an IPv4 address, or 56 bits of an IPv6 one, since networks give out as much to one customer. */
export function addressPrefix(address: string): string {
  const plain = address.replace(/%.*$/, '').replace(/^::ffff:(?=\d+\.)/i, '');
  if (isIP(plain) !== 6) return plain;
  // As URLs write it: lower case, without leading zeros, no IPv4 form.
  const [head = '', tail] = new URL(`http://[${plain}]`).hostname.slice(1, -1).split('::');
  const left = head === '' ? [] : head.split(':');
  const right = tail ? tail.split(':') : [];
  const zeros = Array.from({ length: 8 - left.length - right.length }, () => '0');
  const [a, b, c, d = '0'] = [...left, ...zeros, ...right];
  return `${a}:${b}:${c}:${(Number.parseInt(d, 16) >> 8).toString(16)}`;
}
