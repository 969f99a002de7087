import { setTimeout as sleep } from 'node:timers/promises';
import { errorResponse } from './graph/frame/errors.ts';
import type { World } from './world/world.ts';

/** What can be put in a request's way. */
export const faultKinds = [
  'latency',
  '500',
  '503',
  'html',
  'graph-error',
  'rate-limit',
  'drop-before',
  'commit-then-drop',
  'half-body',
  'slow-body',
] as const;

export type FaultKind = (typeof faultKinds)[number];

export interface Fault {
  match: {
    method?: string | undefined;
    /** Part of the URL's path; with `*` in it, a pattern for the whole path. */
    path?: string | undefined;
  };
  kind: FaultKind;
  /** How often it strikes; until the next reset where left out. */
  times?: number | undefined;
  /** `latency`, `slow-body`: milliseconds. */
  ms?: number | undefined;
  /** `graph-error`, `rate-limit`: Meta's code. */
  code?: number | undefined;
  subcode?: number | undefined;
  message?: string | undefined;
  /** `graph-error`: `error_data.details`, where the WhatsApp endpoints explain themselves. */
  details?: string | undefined;
  isTransient?: boolean | undefined;
  /** `rate-limit`: minutes until Meta would answer again. */
  minutes?: number | undefined;
}

/** What became of a request: an answer, or a connection to be cut without one. */
export interface Faulted {
  response: Response | null;
  fault?: FaultKind;
}

export interface Faults {
  readonly list: readonly Fault[];
  add(fault: Fault): void;
  clear(): void;
  /**
   * Runs one request through the faults that match it. `answer` does its real work; `cut` ends its connection,
   * and is missing where there is none.
   */
  run(request: Request, answer: () => Promise<Response>, cut?: () => void): Promise<Faulted>;
}

export function createFaults(world: World): Faults {
  let list: Fault[] = [];

  const take = (fault: Fault): void => {
    if (fault.times === undefined) return;
    fault.times -= 1;
    if (fault.times <= 0) list = list.filter((other) => other !== fault);
  };

  return {
    get list() {
      return list;
    },
    add(fault) {
      list.push(fault);
    },
    clear() {
      list = [];
    },
    async run(request, answer, cut) {
      const matching = list.filter((fault) => matches(fault, request));
      const delays = matching.filter((fault) => fault.kind === 'latency');
      const other = matching.find((fault) => fault.kind !== 'latency');
      for (const fault of [...delays, ...(other ? [other] : [])]) take(fault);
      for (const delay of delays) await sleep(delay.ms ?? 1000);
      if (other) return { response: await strike(world, other, answer, cut), fault: other.kind };
      return { response: await answer(), ...(delays.length > 0 ? { fault: 'latency' } : {}) };
    },
  };
}

function matches(fault: Fault, request: Request): boolean {
  const { method, path } = fault.match;
  if (method !== undefined && method.toUpperCase() !== request.method) return false;
  if (path === undefined) return true;
  const { pathname } = new URL(request.url);
  if (!path.includes('*')) return pathname.includes(path);
  const pattern = path.split('*').map(RegExp.escape).join('.*');
  return new RegExp(`^${pattern}$`).test(pathname);
}

async function strike(
  world: World,
  fault: Fault,
  answer: () => Promise<Response>,
  cut?: () => void,
): Promise<Response | null> {
  switch (fault.kind) {
    case 'drop-before':
      return null;
    case 'commit-then-drop':
      await answer();
      return null;
    case 'half-body':
      return halfBody(await answer(), cut);
    case 'slow-body':
      return slowBody(await answer(), fault.ms ?? 1000);
    case 'html':
      return new Response('<!DOCTYPE html><html><body><h1>Sorry, something went wrong.</h1></body></html>', {
        status: 200,
        headers: { 'content-type': 'text/html; charset=utf-8' },
      });
    case 'rate-limit':
      return rateLimit(world, fault);
    case '500':
      return graphError(world, { ...fault, code: 1, message: 'An unknown error has occurred.' }, 500);
    case '503':
      return graphError(
        world,
        { ...fault, code: 2, message: 'Service temporarily unavailable', isTransient: true },
        503,
      );
    default:
      return graphError(world, fault, statusOf(fault.code ?? 1));
  }
}

/** Meta answers most refusals with 400. Meta: Graph API › Handle errors; Cloud API › Error codes. */
function statusOf(code: number): number {
  if (code === 190) return 401;
  if (code === 1 || code === 2) return 500;
  const isForbidden = code === 3 || code === 10 || (code >= 200 && code <= 299);
  return isForbidden || throttles.has(code) ? 403 : 400;
}

const throttles = new Set([4, 17, 32, 613, 80007, 80008]);

function graphError(world: World, fault: Fault, status: number): Response {
  const code = fault.code ?? 1;
  return errorResponse(
    {
      message: fault.message ?? `(#${code}) The sandbox was told to refuse this.`,
      type: 'OAuthException',
      code,
      ...(fault.subcode === undefined ? {} : { subcode: fault.subcode }),
      ...(fault.details === undefined ? {} : { details: fault.details }),
      ...(fault.isTransient === undefined ? {} : { isTransient: fault.isTransient }),
      status,
    },
    world.random,
  );
}

/** Meta: Graph API › Rate limits: refused, with the minutes until it answers again in the headers. */
function rateLimit(world: World, fault: Fault): Response {
  const code = fault.code ?? 80007;
  const message =
    fault.message ??
    `(#${code}) There have been too many calls to this WhatsApp Business account. Wait a bit and try again.`;
  const response = graphError(world, { ...fault, code, message }, 403);
  const full = { call_count: 100, total_cputime: 100, total_time: 100 };
  const business = { type: 'whatsapp', ...full, estimated_time_to_regain_access: fault.minutes ?? 1 };
  response.headers.set('x-app-usage', JSON.stringify(full));
  response.headers.set('x-business-use-case-usage', JSON.stringify({ '0': [business] }));
  return response;
}

/** Announces the whole length, sends half of it, then breaks. */
async function halfBody(response: Response, cut?: () => void): Promise<Response> {
  const bytes = new Uint8Array(await response.arrayBuffer());
  const headers = new Headers(response.headers);
  headers.set('content-length', String(bytes.length));
  let sent = false;
  const body = new ReadableStream<Uint8Array>({
    async pull(controller) {
      if (sent) {
        // Long enough for the first half to reach the other side before the connection goes.
        await sleep(20);
        if (cut) cut();
        else controller.error(new Error('The sandbox was told to break off here.'));
        return;
      }
      sent = true;
      controller.enqueue(bytes.slice(0, Math.floor(bytes.length / 2)));
    },
  });
  return new Response(body, { status: response.status, headers });
}

/** Sends the headers at once and the body in ten pieces over `ms`. */
async function slowBody(response: Response, ms: number): Promise<Response> {
  const bytes = new Uint8Array(await response.arrayBuffer());
  const size = Math.max(1, Math.ceil(bytes.length / 10));
  let position = 0;
  const body = new ReadableStream<Uint8Array>({
    async pull(controller) {
      await sleep(ms / 10);
      controller.enqueue(bytes.slice(position, position + size));
      position += size;
      if (position >= bytes.length) controller.close();
    },
  });
  return new Response(body, { status: response.status, headers: response.headers });
}
