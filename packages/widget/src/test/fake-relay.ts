/** A relay for the element's tests: real HTTP, with a behaviour for each portal's name up to its first dash. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Onboarding, StepName } from '../protocol.ts';

export interface Seen {
  method: string;
  path: string;
  session: string | null;
  body: Record<string, unknown>;
}

export interface FakeRelayOptions {
  /** Where the relay is mounted, such as `/relay`. */
  prefix: string;
  launch: { appId: string; configId: string; graphVersion: string; sdkUrl: string };
  /** Milliseconds between two steps. */
  pace?: number;
}

const names: StepName[] = ['exchange', 'inspect', 'subscribe', 'register', 'confirm'];

/** Answers whether the request was the relay's. */
export type Handle = (request: IncomingMessage, response: ServerResponse) => Promise<boolean>;

export function createFakeRelay({ prefix, launch, pace = 30 }: FakeRelayOptions): Handle {
  const seen = new Map<string, Seen[]>();
  const onboardings = new Map<string, Onboarding>();

  function record(portal: string, entry: Seen): number {
    const list = seen.get(portal) ?? [];
    seen.set(portal, [...list, entry]);
    return list.filter(({ method, path }) => method === entry.method && path === entry.path).length;
  }

  function begin(portal: string): Onboarding {
    const steps = names.map(
      (name, at) => ({ name, status: at ? 'pending' : 'done' }) as Onboarding['steps'][0],
    );
    return {
      id: `onb_${portal}`,
      revision: 1,
      portal,
      reference: null,
      flow: 'standard',
      status: 'running',
      steps,
      action: null,
      retryAt: null,
      error: null,
      account: null,
    };
  }

  function advance(portal: string): Onboarding {
    const now = onboardings.get(portal) ?? begin(portal);
    const at = now.steps.findIndex(({ status }) => status === 'running' || status === 'pending');
    if (now.status !== 'running' || (portal.startsWith('stuck') && now.revision > 3)) return now;
    const next: Onboarding = structuredClone({ ...now, revision: now.revision + 1 });
    const step = next.steps[at];
    if (!step) next.status = 'completed';
    else if (step.status === 'pending') step.status = 'running';
    else if (step.name === 'register' && portal.startsWith('failing')) {
      const error = {
        code: 'pin-mismatch',
        message: 'The number has another PIN.',
        hint: 'Reset the PIN at Meta.',
      };
      Object.assign(step, { status: 'failed', error });
      Object.assign(next, { status: 'failed', error });
    } else step.status = 'done';
    if (next.status === 'completed') {
      next.account = {
        wabaId: '102',
        phoneNumberId: '103',
        businessId: '101',
        name: 'Acme Foods',
        displayPhoneNumber: '+1 555 0100',
        verifiedName: 'Acme Foods',
        qualityRating: 'GREEN',
        templateNamespace: 'ns',
        messaging: 'ready',
      };
    }
    onboardings.set(portal, next);
    return next;
  }

  return async (request, response) => {
    const url = new URL(request.url ?? '/', 'http://relay');
    if (!url.pathname.startsWith(`${prefix}/`)) return false;
    const path = url.pathname.slice(prefix.length);
    const method = request.method ?? 'GET';
    const send = (status: number, body: unknown): true => {
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
      return true;
    };
    const refuse = (status: number, code: string): true => {
      const title = `The relay says ${code}.`;
      return send(status, { code, title, detail: `${title} Here is what to do.`, status, retryable: false });
    };
    if (path.startsWith('/seen/')) return send(200, seen.get(path.slice(6)) ?? []);

    const body = await readJson(request);
    const session = request.headers.authorization?.replace('Bearer ', '') ?? null;
    const portal =
      path.match(/portals\/(.+)/)?.[1] ?? String(body.portal ?? session?.replace('session of ', ''));
    const kind = portal.split('-')[0];
    const before = record(portal, { method, path, session, body });

    if (path.startsWith('/v1/portals/')) {
      if (kind === 'unknown') return refuse(404, 'portal-unknown');
      if (kind === 'foreign') return refuse(403, 'origin-not-allowed');
      if (kind === 'down') return cut(request);
      if (kind === 'slow') await sleep(300);
      const { configId, ...rest } = launch;
      const flows = { standard: { configId, extras: {} } };
      return send(200, {
        portal,
        ...rest,
        flows,
        sessions: 'browser',
        ...(kind === 'otherapp' && { appId: '999' }),
      });
    }
    if (path === '/v1/sessions') {
      if (kind === 'nosession' && !before) return cut(request);
      return send(201, { session: `session of ${portal}`, expiresAt: new Date().toISOString() });
    }
    if (path === '/v1/onboardings') {
      if (kind === 'used' && !before) return refuse(422, 'code-used');
      if (kind === 'flaky' && !before) return cut(request);
      onboardings.set(portal, begin(portal));
      return send(202, onboardings.get(portal));
    }
    const now = onboardings.get(portal);
    if (!now) return refuse(404, 'onboarding-unknown');
    if (!path.endsWith('/events'))
      return send(200, kind === 'held' && method === 'GET' ? advance(portal) : now);

    response.writeHead(200, { 'content-type': 'text/event-stream' });
    response.flushHeaders();
    let gone = false;
    request.on('close', () => {
      gone = true;
    });
    while (!gone && kind !== 'held') {
      const onboarding = advance(portal);
      response.write(
        `event: onboarding\nid: ${onboarding.revision}\ndata: ${JSON.stringify(onboarding)}\n\n`,
      );
      if (onboarding.status !== 'running') break;
      await sleep(pace);
    }
    if (kind !== 'held') response.end();
    return true;
  };
}

function cut(request: IncomingMessage): true {
  request.socket.destroy();
  return true;
}

function sleep(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

async function readJson(request: IncomingMessage): Promise<Record<string, unknown>> {
  let text = '';
  for await (const chunk of request) text += chunk;
  return text ? (JSON.parse(text) as Record<string, unknown>) : {};
}
