import { setTimeout as sleep } from 'node:timers/promises';
import type { Problem, SessionGrant } from 'whatsapp-embedded-signup/protocol';
import { sha256, toBase64Url } from '../../encoding.ts';
import type { Stage } from './stage.ts';
import { origin } from './stage.ts';

export interface Answer<T> {
  status: number;
  body: T;
}

/** What a page does: it asks again where nobody answers, because relays come back. */
export interface Page {
  /** Every answer's text, to look for secrets in; but sessions, which are given out. */
  answers: string[];
  call<T>(method: string, path: string, session?: string, body?: unknown): Promise<Answer<T | Problem>>;
  session(portal: string, flow: string): Promise<{ session: string; verifier: string }>;
}

export function createPage(stage: Stage): Page {
  const answers: string[] = [];

  async function send(method: string, path: string, session?: string, body?: unknown): Promise<Response> {
    for (;;) {
      const url = await stage.url();
      try {
        const response = await fetch(`${url}${path}`, {
          method,
          headers: {
            origin,
            ...(session !== undefined && { authorization: `Bearer ${session}` }),
            ...(body !== undefined && { 'content-type': 'application/json' }),
          },
          body: body === undefined ? null : JSON.stringify(body),
          // A process that is suspended takes connections and says nothing.
          signal: AbortSignal.timeout(method === 'GET' ? 2000 : 20_000),
        });
        const text = await response.text();
        // A relay that stops, or that has too much to do, is asked again like one that is gone.
        if (response.status !== 503 && response.status !== 429) return new Response(text, response);
      } catch {
        // No connection, or one that broke off.
      }
      await sleep(25);
    }
  }

  return {
    answers,

    async call<T>(method: string, path: string, session?: string, body?: unknown) {
      const response = await send(method, path, session, body);
      const text = await response.text();
      answers.push(text);
      return { status: response.status, body: JSON.parse(text) as T | Problem };
    },

    async session(portal, flow) {
      const verifier = toBase64Url(crypto.getRandomValues(new Uint8Array(32)));
      const challenge = toBase64Url(await sha256(verifier));
      const response = await send('POST', '/v1/sessions', undefined, { portal, flow, challenge });
      const { session } = (await response.json()) as SessionGrant;
      stage.secrets.long.add(session).add(verifier);
      return { session, verifier };
    },
  };
}
