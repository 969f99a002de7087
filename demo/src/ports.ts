import { createServer } from 'node:net';

/** How far to look before giving up: a machine with this many taken ports in a row has another problem. */
const TRIES = 50;

/** The first free port of loopback from `wanted` on, that is not among `taken`. */
export async function freePort(wanted: number, taken: ReadonlySet<number> = new Set()): Promise<number> {
  for (let port = wanted; port < wanted + TRIES; port++) {
    if (!taken.has(port) && (await isFree(port))) return port;
  }
  throw new Error(
    `No port from ${wanted} to ${wanted + TRIES - 1} is free on 127.0.0.1. Close what uses them.`,
  );
}

/** One free port for each that is wanted, all different. */
export async function freePorts<const Wanted extends Record<string, number>>(
  wanted: Wanted,
): Promise<Record<keyof Wanted, number>> {
  const taken = new Set<number>();
  const found: [string, number][] = [];
  for (const [name, port] of Object.entries(wanted)) {
    const free = await freePort(port, taken);
    taken.add(free);
    found.push([name, free]);
  }
  return Object.fromEntries(found) as Record<keyof Wanted, number>;
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
  });
}
