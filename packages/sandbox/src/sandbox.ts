import { Hono } from 'hono';
import { MissingBuildError } from './browser-files.ts';
import { createControlCall } from './control/call.ts';
import { createControl } from './control/control.ts';
import { issueCode } from './control/next.ts';
import type { Control } from './control/routes.ts';
import { type Credentials, credentialsAt } from './credentials.ts';
import { createConnectionRoutes } from './dialog/connection.ts';
import { createDialogRoutes } from './dialog/routes.ts';
import { createFaults } from './faults.ts';
import { graphRefusal } from './graph/frame/errors.ts';
import { createGraph } from './graph/graph.ts';
import { createDownloads } from './graph/messaging/downloads.ts';
import { createJournal } from './journal.ts';
import { createLifetime } from './lifetime.ts';
import { type Listening, listen } from './listen.ts';
import type { CodeDetails, CodeOutcome } from './outcomes.ts';
import type { Random } from './random.ts';
import { createFedCmRoutes } from './sdk/fed-cm.ts';
import { createSdkRoutes } from './sdk/routes.ts';
import type { FinishedSignup } from './signup.ts';
import { createCallout } from './webhooks/callout.ts';
import { createWebhooks } from './webhooks/webhooks.ts';
import { createWorld } from './world/world.ts';

export interface SandboxOptions {
  /** Default `127.0.0.1`. */
  host?: string;
  /** Default 0: any free port. */
  port?: number;
  /** Milliseconds since 1970. */
  now?: () => number;
  random?: Random;
  /** Speaks to the callbacks that apps name: webhooks, and their verification. */
  fetch?: typeof fetch;
  /** How long a callback may take (to a webhook or its verification), in milliseconds of real time; default 10 000. */
  patienceMs?: number;
}

export interface Sandbox {
  /** Answers without a server. A dropped connection rejects, as `fetch` does. */
  fetch(request: Request): Promise<Response>;
  /** Listens; where it does already, gives that address. Rejects with a `SandboxStartError`, as where the port is taken. */
  start(): Promise<{ url: string }>;
  /** Calls nobody and lets no sandbox time bring anything, until it is started again. */
  stop(): Promise<void>;
  /** Where it listens, without a slash at the end. Throws before `start()`. */
  readonly url: string;
  /** Needs a started sandbox. */
  readonly credentials: Credentials;
  /**
   * A finished dialog without a browser; the same as `POST /_sandbox/codes`. Throws a `SandboxInputError` for bad
   * input.
   */
  issueCode(options?: { outcome?: CodeOutcome; data?: CodeDetails }): FinishedSignup;
  /**
   * A route of the controls by its name, in this process: `control('next', { outcome: 'deny' })` is
   * `POST /_sandbox/next`. Without a body it reads, as `control('journal')`, or does what needs no body, as
   * `control('reset')`; `control('DELETE faults')` names the method. Rejects bad input with a `SandboxInputError`.
   */
  control: Control;
}

/** For a person who opens the address in a browser. */
const greeting = `A local Meta for WhatsApp Embedded Signup. Not affiliated with Meta.
SDK: /en_US/sdk.js
Graph API: /v26.0/…
App, secret and configuration: /_sandbox/credentials
Every request so far: /_sandbox/journal
`;

/** A Meta on loopback: SDK, dialog, Graph API and the controls, in this process. */
export function createSandbox(options: SandboxOptions = {}): Sandbox {
  const { host = '127.0.0.1', port = 0, now = Date.now, random = Math.random, patienceMs = 10_000 } = options;
  const lifetime = createLifetime();
  const callout = createCallout({ fetch: options.fetch ?? fetch, patienceMs }, lifetime);
  // A little more, so that an attempt that ran out of time is over when the clock goes on.
  const world = createWorld({ now, random, patienceMs: patienceMs + 500 });
  const webhooks = createWebhooks(world, callout);
  const journal = createJournal(world);
  const faults = createFaults(world, lifetime);
  const controls = createControl({ world, faults, journal, webhooks, callout, host });
  const app = createApp();
  let starting: Promise<Listening> | null = null;
  let url: string | null = null;

  function createApp(): Hono {
    const routes = new Hono();
    routes.get('/', (context) => context.text(greeting));
    routes.route('/_sandbox', controls);
    routes.route('/', createSdkRoutes());
    routes.route('/', createFedCmRoutes(world));
    routes.route('/', createDialogRoutes(world));
    routes.route('/', createConnectionRoutes(world));
    routes.route('/', createDownloads(world));
    // Whatever is none of the above is the Graph API's to answer.
    routes.route('/', createGraph({ world, fetch: callout.fetch }));
    routes.onError((error, context) =>
      error instanceof MissingBuildError ? context.text(error.message, 500) : graphRefusal(random, error),
    );
    return routes;
  }

  /** Null: the connection is to be cut without an answer. */
  async function answer(request: Request, cut?: () => void): Promise<Response | null> {
    if (new URL(request.url).pathname.startsWith('/_sandbox')) return app.fetch(request);
    const entry = await journal.begin(request);
    const { response, fault } = await faults.run(request, async () => app.fetch(request), cut);
    entry.end(response?.status ?? null, fault);
    return response;
  }

  return {
    async fetch(request) {
      const response = await answer(request);
      if (response) return response;
      throw new TypeError('fetch failed', {
        cause: new Error('The sandbox was told to drop the connection.'),
      });
    },
    async start() {
      starting ??= listen(answer, { host, port }).catch((error: unknown) => {
        starting = null;
        throw error;
      });
      ({ url } = await starting);
      lifetime.begin();
      world.clock.resume();
      return { url };
    },
    async stop() {
      // A start that is under way comes to its end first, or it would outlast this.
      const running = await starting?.catch(() => null);
      world.clock.pause();
      lifetime.end();
      webhooks.stop();
      starting = null;
      url = null;
      await running?.close();
    },
    get url() {
      if (url === null) throw new Error('The sandbox does not listen yet: call start() first.');
      return url;
    },
    get credentials() {
      return credentialsAt(this.url);
    },
    issueCode: (options = {}) => issueCode(world, options),
    control: createControlCall(controls, async (path, init) =>
      app.request(new URL(path, url ?? 'http://localhost').href, init),
    ) as Control,
  };
}
