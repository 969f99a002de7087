import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Onboarding, RedeemRequest, SessionGrant } from 'whatsapp-embedded-signup/protocol';
import type { Sandbox } from 'whatsapp-embedded-signup-sandbox';
import { createSandbox } from 'whatsapp-embedded-signup-sandbox';
import { sha256, toBase64Url } from '../../encoding.ts';
import type { Relay } from '../../relay.ts';
import { createRelay } from '../../relay.ts';
import { parseSettings } from '../../settings/parse.ts';
import type { Environment } from '../../settings/source.ts';
import { origin, signup } from '../harness.ts';

/** A code and what came with it, in the session that it is for. */
export interface RealCustomer {
  session: string;
  request: RedeemRequest;
  /** What a page sends after the code. */
  message: Pick<RedeemRequest, 'event' | 'ids'>;
  id: string | null;
}

/** Relays over the same files, one after the other, with a Meta that answers in the same process. */
export interface Real {
  sandbox: Sandbox;
  folder: string;
  customers: RealCustomer[];
  /** `METHOD path` of each Graph call, and what was in it that has to be unique. */
  sent: { path: string; code?: string; pin?: string }[];
  call<T>(
    method: string,
    path: string,
    session?: string,
    body?: unknown,
  ): Promise<{ status: number; body: T & { code?: string } }>;
  begin(outcome: Parameters<typeof signup>[1], isLate: boolean): Promise<void>;
  /** Meta does what the next call to such a path asks for, and nobody hears of it. */
  dropNext(path: string): void;
  /** The process ends in the moment in which Meta has done what the next call to such a path asks for. */
  crashAt(path: string): Promise<void>;
  crash(): Promise<void>;
  /** A relay over what the one before has left, some time later. */
  start(): Promise<void>;
  /** The process ends as it should. */
  stop(): Promise<void>;
  /** Waits until an onboarding runs no more. */
  atRest(customer: RealCustomer): Promise<Onboarding>;
  end(): Promise<void>;
}

/** An exchange that was cut off is given up after 15 s. */
const DOWN_MS = 16_000;

/** Far more than an onboarding takes here. */
const REST_MS = 10_000;

export function createReal(): Real {
  const folder = mkdtempSync(join(tmpdir(), 'relay-model-'));
  let aheadMs = 0;
  const now = (): number => Date.now() + aheadMs;
  const sandbox = createSandbox({ now });
  const env: Environment = {
    META_APP_ID: '400000000000001',
    META_APP_SECRET: 'sandbox-app-secret',
    META_CONFIG_ID: '400000000000002',
    META_GRAPH_URL: 'http://127.0.0.1:9',
    META_SDK_URL: 'http://127.0.0.1:9',
    RELAY_ORIGINS: origin,
    DATABASE_URL: `file:${join(folder, 'relay.db')}`,
  };
  const sent: Real['sent'] = [];
  const customers: RealCustomer[] = [];
  let relay: Relay | null = null;
  let life = 0;
  let drop: string | null = null;
  /** Ends the calls of dead processes, once their databases are closed and nothing can come of it. */
  let bury = new AbortController();
  let trap: { path: string; sprung: () => void } | null = null;

  /** Meta, as one process hears it: a dead one hears nothing any more, not even that it was in time. */
  function createFetch(): typeof fetch {
    const mine = life;
    const { signal } = bury;
    const never = new Promise<never>((_, reject) => {
      signal.addEventListener('abort', () => reject(new TypeError('fetch failed')));
    });
    never.catch(() => {});
    return async (input, init) => {
      if (mine !== life) return never;
      const request = new Request(input, init);
      const { pathname } = new URL(request.url);
      const text = await request.clone().text();
      const { code } = Object.fromEntries(new URLSearchParams(text));
      const pin = /"pin":"(\d+)"/.exec(text)?.[1];
      sent.push({ path: pathname, ...(code && { code }), ...(pin && { pin }) });
      const answer = await sandbox.fetch(request);
      if (trap && pathname.includes(trap.path)) trap.sprung();
      if (mine !== life) return never;
      if (drop === null || !pathname.includes(drop)) return answer;
      drop = null;
      throw new TypeError('fetch failed');
    };
  }

  async function end(ms: number): Promise<void> {
    await relay?.stop(ms);
    relay = null;
    bury.abort();
    bury = new AbortController();
  }

  const real: Real = {
    sandbox,
    folder,
    customers,
    sent,

    async call(method, path, session, body) {
      assert.ok(relay);
      const headers = {
        origin,
        ...(session !== undefined && { authorization: `Bearer ${session}` }),
        ...(body !== undefined && { 'content-type': 'application/json' }),
      };
      const text = body === undefined ? null : JSON.stringify(body);
      const answer = await relay.fetch(new Request(`http://relay${path}`, { method, headers, body: text }));
      return { status: answer.status, body: await answer.json() };
    },

    async begin(outcome, isLate) {
      const verifier = toBase64Url(crypto.getRandomValues(new Uint8Array(32)));
      const challenge = toBase64Url(await sha256(verifier));
      const { body } = await real.call<SessionGrant>('POST', '/v1/sessions', undefined, {
        portal: 'default',
        challenge,
      });
      const { code, ...message } = signup(sandbox, outcome);
      const request = { code, verifier, ...(!isLate && message) };
      customers.push({ session: body.session, request, message, id: null });
    },

    dropNext(path) {
      drop = path;
    },

    async crashAt(path) {
      await new Promise<void>((resolve) => {
        trap = {
          path,
          sprung() {
            life++;
            trap = null;
            resolve();
          },
        };
      });
      await end(0);
    },

    async crash() {
      life++;
      await end(0);
    },

    async start() {
      drop = null;
      aheadMs += DOWN_MS;
      relay = await createRelay({ settings: parseSettings(env, () => ''), fetch: createFetch(), now });
      await relay.start();
    },

    stop: () => end(10_000),

    async atRest({ session, id }) {
      const until = performance.now() + REST_MS;
      for (;;) {
        const { body } = await real.call<Onboarding>('GET', `/v1/onboardings/${id}`, session);
        if (body.status !== 'running') return body;
        if (performance.now() > until) throw new Error(`It still runs: ${JSON.stringify(body.steps)}`);
        await sleep(5);
      }
    },

    async end() {
      life++;
      await end(0);
      rmSync(folder, { recursive: true, force: true });
    },
  };
  return real;
}
