import { createHmac } from 'node:crypto';
import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A delivery as it came. */
export interface Received {
  path: string;
  headers: IncomingHttpHeaders;
  /** The very bytes. */
  body: string;
  /** The body as JSON. */
  // biome-ignore lint/suspicious/noExplicitAny: a test reads what it expects to be there.
  json: any;
  /** Whether `x-hub-signature-256` signs these bytes with the secret. */
  isSigned(secret: string): boolean;
}

/** A partner's webhook endpoint, on loopback: it verifies, and takes deliveries with 200. */
export async function createReceiver() {
  const received: Received[] = [];
  const waiting: (() => void)[] = [];
  let answer = (response: ServerResponse): void => void response.writeHead(200).end();

  const server = createServer(async (request, response) => {
    const url = new URL(request.url ?? '/', 'http://localhost');
    if (request.method === 'GET') return void response.end(url.searchParams.get('hub.challenge'));
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const bytes = Buffer.concat(chunks);
    const body = bytes.toString('utf8');
    received.push({
      path: url.pathname,
      headers: request.headers,
      body,
      json: jsonOf(body),
      isSigned: (secret) =>
        request.headers['x-hub-signature-256'] ===
        `sha256=${createHmac('sha256', secret).update(bytes).digest('hex')}`,
    });
    answer(response);
    for (const resolve of waiting.splice(0)) resolve();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;

  return {
    url: `http://127.0.0.1:${port}/webhook`,
    received,
    /** How deliveries are answered from now on: a status, or never. */
    answers(status: number | 'never'): void {
      answer = (response) => {
        if (status !== 'never') response.writeHead(status).end();
      };
    },
    /** Settles once so many deliveries have come. */
    async waitFor(count: number): Promise<void> {
      while (received.length < count) await new Promise<void>((resolve) => waiting.push(resolve));
    },
    async close(): Promise<void> {
      const closed = new Promise((resolve) => server.close(resolve));
      server.closeAllConnections();
      await closed;
    },
  };
}

function jsonOf(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}
