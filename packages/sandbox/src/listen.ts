import type { Server } from 'node:http';
import { createAdaptorServer, type HttpBindings } from '@hono/node-server';
import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response';
import { explainStart } from './start-error.ts';

/** Answers a request; null: the connection is to be cut, as `cut` does. */
export type Answer = (request: Request, cut: () => void) => Promise<Response | null>;

export interface Listening {
  /** Without a slash at the end. */
  url: string;
  /** Ends every connection too. */
  close(): Promise<void>;
}

/** Serves `answer` on `host` and `port`, where 0 is any free one. Rejects with a `SandboxStartError`. */
export async function listen(
  answer: Answer,
  { host, port }: { host: string; port: number },
): Promise<Listening> {
  async function answerSocket(request: Request, env: HttpBindings): Promise<Response> {
    const cut = () => void env.incoming.socket.destroy();
    const response = await answer(request, cut);
    if (response) return response;
    cut();
    return RESPONSE_ALREADY_SENT;
  }

  const server = createAdaptorServer({
    fetch: (request, env) => answerSocket(request, env as HttpBindings),
    hostname: host,
  }) as Server;
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error) => reject(explainStart(error, port)));
    server.listen(port, host, resolve);
  });
  const address = server.address();
  const boundPort = typeof address === 'object' && address ? address.port : port;
  return {
    url: `http://${host.includes(':') ? `[${host}]` : host}:${boundPort}`,
    async close() {
      const closed = new Promise((resolve) => server.close(resolve));
      server.closeAllConnections();
      await closed;
    },
  };
}
