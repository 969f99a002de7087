import { once } from 'node:events';
import { createServer, type IncomingMessage, request, type Server, type ServerResponse } from 'node:http';

/** A server in front of the relay that notes when certain requests reach it. */
export interface Recorder {
  url: string;
  /** Milliseconds since 1970, with fractions: when the next POST to this path arrives. */
  arrival(path: string): Promise<number>;
  stop(): Promise<void>;
}

/** The path that the recorder answers itself, to time a request that has nothing to do with the relay. */
export const FLOOR_PATH = '/bench/floor';

/** Passes everything on to `target` as it is. */
export async function startRecorder(target: string): Promise<Recorder> {
  const waiting = new Map<string, (at: number) => void>();
  const server = createServer((incoming, answer) => {
    const at = performance.timeOrigin + performance.now();
    const path = incoming.url ?? '/';
    if (incoming.method === 'POST') {
      waiting.get(path)?.(at);
      waiting.delete(path);
    }
    if (path === FLOOR_PATH) answerFloor(incoming, answer);
    else passOn(target, incoming, answer);
  });
  return {
    url: await listen(server),
    arrival(path) {
      return new Promise((resolve, reject) => {
        const late = () => reject(new Error(`No POST ${path} within 30 s`));
        const timer = setTimeout(late, 30_000);
        waiting.set(path, (at) => {
          clearTimeout(timer);
          resolve(at);
        });
      });
    },
    stop: () => close(server),
  };
}

/** Listens on a free port of loopback; gives the origin. */
export async function listen(server: Server): Promise<string> {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return `http://127.0.0.1:${address.port}`;
}

/** Stops a server without waiting for connections that a browser keeps open. */
export async function close(server: Server): Promise<void> {
  const closed = once(server, 'close');
  server.close();
  server.closeAllConnections();
  await closed;
}

function answerFloor(incoming: IncomingMessage, answer: ServerResponse): void {
  incoming.resume();
  answer.writeHead(204, {
    'access-control-allow-origin': incoming.headers.origin ?? '*',
    'access-control-allow-headers': 'authorization, content-type',
  });
  answer.end();
}

function passOn(target: string, incoming: IncomingMessage, answer: ServerResponse): void {
  const { method, headers, url } = incoming;
  const passed = request(`${target}${url}`, { method, headers }, (reply) => {
    answer.writeHead(reply.statusCode ?? 502, reply.headers);
    reply.pipe(answer);
  });
  passed.on('error', () => answer.destroy());
  answer.on('close', () => passed.destroy());
  incoming.pipe(passed);
}
