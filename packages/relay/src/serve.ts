import type { ServerResponse } from 'node:http';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { getRequestListener } from '@hono/node-server';
import type { Relay, RelayOptions } from './relay.ts';
import { createRelay } from './relay.ts';

export interface Server {
  /** `http://HOST:PORT`, with the port that was really taken. */
  url: string;
  relay: Relay;
  /** Ends it; asked again, it gives the same end. */
  stop(): Promise<void>;
}

/**
 * How long a stop waits for exchanges and steps. An exchange takes up to 12 s, and as long again where the database
 * is busy; orchestrators kill after 30 s at the earliest, unless they are told otherwise.
 */
const STOP_MS = 25_000;

/** Runs a relay behind Node's HTTP server. @throws where the port is taken. */
export async function serve(options: RelayOptions): Promise<Server> {
  const { settings } = options;
  const relay = await createRelay(options);
  const server = createServer(
    { requestTimeout: 30_000, headersTimeout: 10_000, maxHeaderSize: 16 * 1024 },
    getRequestListener((request, { incoming }) =>
      relay.fetch(request, { address: incoming.socket.remoteAddress }),
    ),
  );
  /** Under way at the moment; each is the last of its connection once the relay stops. */
  const answers = new Set<ServerResponse>();
  let stopping = false;
  server.prependListener('request', (_request, answer) => {
    if (stopping) closeAfter(answer);
    answers.add(answer);
    answer.once('close', () => answers.delete(answer));
  });
  try {
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen(settings.port, settings.host, resolve);
    });
    await relay.start();
  } catch (error) {
    // Open connections to a database would keep the process.
    server.close();
    await relay.stop(0);
    throw error;
  }
  const { port } = server.address() as AddressInfo;
  const host = settings.host.includes(':') ? `[${settings.host}]` : settings.host;

  async function stop(): Promise<void> {
    const closed = new Promise((resolve) => server.close(resolve));
    server.closeIdleConnections();
    stopping = true;
    for (const answer of answers) closeAfter(answer);
    // Open streams end with the relay, so the connections close by themselves; late ones are cut.
    const cut = setTimeout(() => server.closeAllConnections(), STOP_MS);
    await relay.stop(STOP_MS);
    server.closeIdleConnections();
    await closed;
    clearTimeout(cut);
  }
  let stopped: Promise<void> | null = null;

  return {
    url: `http://${host}:${port}`,
    relay,
    stop() {
      stopped ??= stop();
      return stopped;
    },
  };
}

/**
 * Node keeps a connection that asks again and again open, also after `server.close()`: a page that polls, or a proxy,
 * would hold a stop back until it is cut.
 */
function closeAfter(answer: ServerResponse): void {
  if (!answer.headersSent) answer.setHeader('connection', 'close');
}
