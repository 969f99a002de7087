import { toHex } from '../encoding.ts';
import type { Secret } from '../secret.ts';
import type { Breaker } from './breaker.ts';
import { GraphError } from './error.ts';
import { waitOf } from './wait-time.ts';

/** Meta's answer is JSON; what stands in it is checked where it is used. */
export type Json = Record<string, unknown>;

export interface GraphCall {
  method: 'GET' | 'POST' | 'DELETE';
  /** Below the version: `/123/phone_numbers`. Ids in it are digits, checked where they came in. */
  path: string;
  query?: Record<string, string>;
  /** A body as JSON, as the WhatsApp calls are documented. */
  json?: Json;
  /** A body as a form, as OAuth's token endpoint takes it. */
  form?: Record<string, string>;
  /** Sent as a bearer token, with its proof. Left out only in the exchange, which has no token yet. */
  token?: Secret;
  /** Milliseconds until the call is given up. */
  deadline?: number;
  /** Sent even while Meta does not answer: it cannot wait. */
  urgent?: true;
}

/** One call to the Graph API, sent once. Who may send it again, and when, is decided by whoever called. */
export type Graph = (call: GraphCall) => Promise<Json>;

export interface GraphOptions {
  fetch: typeof fetch;
  url: string;
  /** As in `v26.0`. */
  version: string;
  appSecret: Secret;
  /** Milliseconds since 1970. */
  now: () => number;
  /** Shared by all that call the same host. */
  breaker: Breaker;
}

const DEADLINE_MS = 10_000;

/**
 * Secrets travel in bodies and headers, never in addresses. `appsecret_proof` goes with every token, so that apps
 * that demand it work without a setting (Meta: Securing Graph API Requests).
 *
 * @throws GraphError for anything but a JSON object with a 2xx status.
 */
export function createGraph({ fetch, url, version, appSecret, now, breaker }: GraphOptions): Graph {
  async function send({ method, path, query, json, form, token, deadline }: GraphCall): Promise<Json> {
    const search = new URLSearchParams(query);
    const fields = new URLSearchParams(form);
    const headers: Record<string, string> = {};
    if (token) {
      headers.authorization = `Bearer ${token.reveal()}`;
      (form ? fields : search).set('appsecret_proof', await proof(token, appSecret));
    }
    if (json) headers['content-type'] = 'application/json';
    let response: Response;
    let text: string;
    try {
      response = await fetch(`${url}/${version}${path}${search.size > 0 ? `?${search}` : ''}`, {
        method,
        headers,
        body: form ? fields : json ? JSON.stringify(json) : null,
        redirect: 'error',
        signal: AbortSignal.timeout(deadline ?? DEADLINE_MS),
      });
      text = await response.text();
    } catch (cause) {
      throw new GraphError({ kind: 'no-answer', message: failure(cause) });
    }
    return read(response.status, text, waitOf(response.headers, now()));
  }

  return (call) => (call.urgent ? send(call) : breaker.run(() => send(call)));
}

async function proof(token: Secret, appSecret: Secret): Promise<string> {
  const encoder = new TextEncoder();
  const algorithm = { name: 'HMAC', hash: 'SHA-256' };
  const key = await crypto.subtle.importKey('raw', encoder.encode(appSecret.reveal()), algorithm, false, [
    'sign',
  ]);
  return toHex(new Uint8Array(await crypto.subtle.sign('HMAC', key, encoder.encode(token.reveal()))));
}

function read(status: number, text: string, waitMs: number | undefined): Json {
  const fine = status >= 200 && status <= 299;
  let body: unknown;
  try {
    body = JSON.parse(text);
  } catch {
    body = null;
  }
  if (isObject(body) && isObject(body.error)) throw GraphError.fromBody(status, body.error, waitMs);
  if (isObject(body) && fine) return body;
  throw new GraphError({
    kind: fine ? 'unreadable' : 'no-answer',
    status,
    message: `HTTP ${status}`,
    ...(waitMs !== undefined && { waitMs }),
  });
}

/** The name of a failure, never its text: an address may stand in that. */
function failure(cause: unknown): string {
  if (!(cause instanceof Error)) return 'no connection';
  return cause.name === 'TimeoutError' ? 'no answer in time' : 'no connection';
}

function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
