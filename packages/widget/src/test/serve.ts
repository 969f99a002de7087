/** The fake relay on a port of its own, for tests that need no browser. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createFakeRelay, type Seen } from './fake-relay.ts';

export interface Served {
  base: string;
  seen(portal: string): Promise<Seen[]>;
  stop(): Promise<void>;
}

/** `port` 0 is any free one; a relay that comes back takes its old one. */
export async function serveRelay(port = 0): Promise<Served> {
  const launch = { appId: '1', configId: '2', graphVersion: 'v26.0', sdkUrl: 'http://127.0.0.1:1' };
  const handle = createFakeRelay({ prefix: '', launch, pace: 5 });
  const server = createServer((request, response) => void handle(request, response));
  await new Promise<void>((resolve) => {
    server.listen(port, '127.0.0.1', resolve);
  });
  const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    base,
    seen: async (portal) => (await fetch(`${base}/seen/${portal}`)).json() as Promise<Seen[]>,
    async stop() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
