import { createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A Graph call as it was really sent. The sandbox's own journal hides what must be compared here. */
export interface Sent {
  /** Milliseconds since 1970. */
  at: number;
  method: string;
  /** Without the version. */
  path: string;
  /** Of the query and of the body, form or JSON. */
  fields: Record<string, string>;
  token: string | null;
}

/** Stands between the relays and the sandbox, and writes down every call before it is passed on. */
export interface Recorder {
  url: string;
  sent: Sent[];
  stop(): void;
}

export async function startRecorder(target: string): Promise<Recorder> {
  const sent: Sent[] = [];
  const server = createServer(async (incoming, answer) => {
    const chunks: Buffer[] = [];
    try {
      for await (const chunk of incoming) chunks.push(chunk);
    } catch {
      // The relay was killed while it spoke: nothing has arrived.
      return;
    }
    const body = Buffer.concat(chunks);
    const { method = 'GET', url = '/', headers } = incoming;
    const { pathname, searchParams } = new URL(url, target);
    const path = pathname.replace(/^\/v[\d.]+/, '');
    const fields = { ...Object.fromEntries(searchParams), ...fieldsOf(headers['content-type'], body) };
    const token = headers.authorization?.replace(/^Bearer /, '') ?? null;
    sent.push({ at: Date.now(), method, path, fields, token });
    const passed = request(`${target}${url}`, { method, headers }, (reply) => {
      answer.writeHead(reply.statusCode ?? 502, reply.headers);
      reply.pipe(answer);
      reply.on('error', () => answer.destroy());
    });
    passed.on('error', () => answer.destroy());
    passed.end(body);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    sent,
    stop() {
      server.closeAllConnections();
      server.close();
    },
  };
}

function fieldsOf(type: string | undefined, body: Buffer): Record<string, string> {
  if (body.length === 0) return {};
  if (type?.includes('json')) return JSON.parse(body.toString()) as Record<string, string>;
  return Object.fromEntries(new URLSearchParams(body.toString()));
}
