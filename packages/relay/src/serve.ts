import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { getRequestListener } from '@hono/node-server';
import type { Log } from './log.ts';
import { createRelay } from './relay.ts';
import type { Settings } from './settings/settings.ts';

export interface Server {
  /** `http://HOST:PORT`, with the port that was really taken. */
  url: string;
  stop(): Promise<void>;
}

/** How long a stop waits for requests and steps; the longest is an exchange. */
const STOP_MS = 13_000;

/** Runs a relay behind Node's HTTP server. @throws where the port is taken. */
export async function serve(settings: Settings, log: Log): Promise<Server> {
  const relay = await createRelay({ settings, log });
  const server = createServer(
    { requestTimeout: 30_000, headersTimeout: 10_000, maxHeaderSize: 16 * 1024 },
    getRequestListener(relay.fetch),
  );
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(settings.port, settings.host, resolve);
  });
  await relay.start();
  const { port } = server.address() as AddressInfo;
  const host = settings.host.includes(':') ? `[${settings.host}]` : settings.host;

  return {
    url: `http://${host}:${port}`,
    async stop() {
      const closed = new Promise((resolve) => server.close(resolve));
      server.closeIdleConnections();
      // Open streams end with the relay, so the connections close by themselves; late ones are cut.
      const cut = setTimeout(() => server.closeAllConnections(), STOP_MS);
      await relay.stop(STOP_MS);
      server.closeIdleConnections();
      await closed;
      clearTimeout(cut);
    },
  };
}
