import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import type { Onboarding, RedeemRequest, SessionGrant } from 'whatsapp-embedded-signup/protocol';
import type { CodeDetails, CodeOutcome, Sandbox } from 'whatsapp-embedded-signup-sandbox';
import { createSandbox } from 'whatsapp-embedded-signup-sandbox';
import { sha256, toBase64Url } from '../encoding.ts';
import type { Log, LogFields } from '../log.ts';
import type { RelayOptions } from '../relay.ts';
import type { Server } from '../serve.ts';
import { serve } from '../serve.ts';
import { parseSettings } from '../settings/parse.ts';
import type { Environment } from '../settings/source.ts';

/** The page that the tests play. */
export const origin = 'https://acme.example';

export interface Answer<T> {
  status: number;
  headers: Headers;
  body: T;
}

/** A relay over real HTTP and a real SQLite file, with a real sandbox for Meta; all of it ends with the test. */
export interface Harness {
  sandbox: Sandbox;
  relay: Server;
  /** The environment the relay was started with, for starting another over the same files. */
  env: Environment;
  folder: string;
  logged: { level: string; message: string; fields: LogFields }[];
  restart(): Promise<void>;
  call<T>(method: string, path: string, options?: CallOptions): Promise<Answer<T>>;
  session(): Promise<{ session: string; verifier: string }>;
  redeem(session: string, body: RedeemRequest): Promise<Answer<Onboarding>>;
  /** Signs up as the sandbox's dialog would, or as told, redeems the code, and gives the answer. */
  onboard(request?: RedeemRequest): Promise<{ session: string; onboarding: Onboarding }>;
  /** Waits until an onboarding has ended. */
  ended(session: string, id: string, ms?: number): Promise<Onboarding>;
}

export interface CallOptions {
  session?: string;
  /** A portal key: the site's backend calls, which sends no Origin. */
  key?: string;
  body?: unknown;
  headers?: Record<string, string>;
}

export async function startHarness(
  t: TestContext,
  changes: Environment = {},
  options: Partial<RelayOptions> = {},
): Promise<Harness> {
  const folder = mkdtempSync(join(tmpdir(), 'relay-'));
  const sandbox = createSandbox({ port: 0 });
  const { url } = await sandbox.start();
  t.after(() => sandbox.stop());
  const credentials = await (await fetch(`${url}/_sandbox/credentials?format=env`)).text();
  const env: Environment = {
    ...Object.fromEntries(credentials.trim().split('\n').map(pair)),
    RELAY_ORIGINS: origin,
    DATABASE_URL: `file:${join(folder, 'relay.db')}`,
    PORT: '0',
    ...changes,
  };
  const logged: Harness['logged'] = [];
  const log: Log = (level, message, fields = {}) => logged.push({ level, message, fields });
  const start = (): Promise<Server> =>
    serve({ settings: parseSettings(env, (path) => readFileSync(path, 'utf8')), log, ...options });
  let relay = await start();
  t.after(async () => {
    await relay.stop();
    rmSync(folder, { recursive: true });
  });

  const harness: Harness = {
    sandbox,
    get relay() {
      return relay;
    },
    env,
    folder,
    logged,

    async restart() {
      await relay.stop();
      relay = await start();
    },

    async call<T>(method: string, path: string, { session, key, body, headers = {} }: CallOptions = {}) {
      const response = await fetch(`${relay.url}${path}`, {
        method,
        headers: {
          ...(key === undefined ? { origin } : { authorization: `Bearer ${key}` }),
          ...(session !== undefined && { authorization: `Bearer ${session}` }),
          ...(body !== undefined && { 'content-type': 'application/json' }),
          ...headers,
        },
        body: typeof body === 'string' ? body : body === undefined ? null : JSON.stringify(body),
      });
      const text = await response.text();
      const json = /json/.test(response.headers.get('content-type') ?? '') ? JSON.parse(text) : text;
      return { status: response.status, headers: response.headers, body: json as T };
    },

    async session() {
      const verifier = toBase64Url(crypto.getRandomValues(new Uint8Array(32)));
      const challenge = toBase64Url(await sha256(verifier));
      const { body } = await harness.call<SessionGrant>('POST', '/v1/sessions', {
        body: { portal: 'default', challenge },
      });
      return { session: body.session, verifier };
    },

    redeem: (session, body) => harness.call('POST', '/v1/onboardings', { session, body }),

    async onboard(request = signup(sandbox)) {
      const { session, verifier } = await harness.session();
      const { body } = await harness.redeem(session, { ...request, verifier });
      return { session, onboarding: body };
    },

    async ended(session, id, ms = 10_000) {
      const until = Date.now() + ms;
      for (;;) {
        const { body } = await harness.call<Onboarding>('GET', `/v1/onboardings/${id}`, { session });
        if (body.status === 'completed' || body.status === 'failed') return body;
        if (Date.now() > until) throw new Error(`Still ${body.status}: ${JSON.stringify(body.steps)}`);
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
    },
  };
  return harness;
}

/** A finished dialog's code, event and ids, in the form in which the element sends them on. */
export function signup(
  sandbox: Sandbox,
  outcome: CodeOutcome = 'finish',
  data: CodeDetails = {},
): RedeemRequest {
  const { code, event } = sandbox.issueCode({ outcome, data });
  const said: Record<string, unknown> = event?.data ?? {};
  return {
    code,
    ...(event && { event: event.event }),
    ids: {
      ...(typeof said.waba_id === 'string' && { wabaId: said.waba_id }),
      ...(typeof said.phone_number_id === 'string' && { phoneNumberId: said.phone_number_id }),
      ...(typeof said.business_id === 'string' && { businessId: said.business_id }),
    },
  };
}

function pair(line: string): [string, string] {
  const at = line.indexOf('=');
  return [line.slice(0, at), line.slice(at + 1)];
}
