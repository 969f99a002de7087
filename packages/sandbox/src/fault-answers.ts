import { fixedCredentials } from './credentials.ts';
import type { Fault } from './faults.ts';
import { errorResponse } from './graph/frame/errors.ts';
import { appHeader, businessHeader } from './graph/frame/usage.ts';
import { versionAt } from './graph/frame/versions.ts';
import type { Lifetime } from './lifetime.ts';
import { requestToken } from './request-token.ts';
import type { World } from './world/world.ts';

/** What a struck request has to do with. */
interface Struck {
  world: World;
  lifetime: Lifetime;
  request: Request;
  /** Does the request's real work. */
  answer: () => Promise<Response>;
  /** Ends the connection; missing where there is none. */
  cut?: (() => void) | undefined;
}

/** The answer that a fault leaves; null: the connection is to be cut without one. */
export async function strike(fault: Fault, struck: Struck): Promise<Response | null> {
  const { lifetime, answer, cut } = struck;
  switch (fault.kind) {
    case 'drop-before':
      return null;
    case 'commit-then-drop':
      await answer();
      return null;
    case 'half-body':
      return halfBody(await answer(), lifetime, cut);
    case 'slow-body':
      return slowBody(await answer(), lifetime, fault.ms ?? 1000);
    case 'html':
      return new Response('<!DOCTYPE html><html><body><h1>Sorry, something went wrong.</h1></body></html>', {
        status: 200,
        headers: { 'content-type': 'text/html; charset=utf-8' },
      });
    case 'rate-limit':
      return rateLimit(struck, fault);
    case '500':
      return graphError(struck, { ...fault, code: 1, message: 'An unknown error has occurred.' }, 500);
    case '503':
      return graphError(
        struck,
        { ...fault, code: 2, message: 'Service temporarily unavailable', isTransient: true },
        503,
      );
    default:
      return graphError(struck, fault, statusOf(fault.code ?? 1));
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

function graphError({ world, request }: Struck, fault: Fault, status: number): Response {
  const code = fault.code ?? 1;
  const response = errorResponse(
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
  response.headers.set('facebook-api-version', versionAt(world, new URL(request.url).pathname));
  return response;
}

/** Meta: Graph API › Rate limits: refused, with the minutes until it answers again in the headers. */
function rateLimit(struck: Struck, fault: Fault): Response {
  const code = fault.code ?? 80007;
  const message =
    fault.message ??
    `(#${code}) There have been too many calls to this WhatsApp Business account. Wait a bit and try again.`;
  const response = graphError(struck, { ...fault, code, message }, 403);
  appHeader(response.headers, 100);
  businessHeader(response.headers, throttled(struck), { used: 100, minutesToWait: fault.minutes ?? 1 });
  return response;
}

/** The account that the path names by itself or by its number, or else the app that calls. */
function throttled({ world, request }: Struck): string {
  const url = new URL(request.url);
  for (const part of url.pathname.split('/')) {
    const wabaId = world.phones.get(part)?.wabaId ?? part;
    if (world.wabas.has(wabaId)) return wabaId;
  }
  const text = requestToken(request, url) ?? '';
  const [appId = ''] = text.split('|');
  return world.tokens.get(text)?.appId ?? world.apps.get(appId)?.id ?? fixedCredentials.appId;
}

/** Announces the whole length, sends half of it, then breaks. */
async function halfBody(response: Response, lifetime: Lifetime, cut?: () => void): Promise<Response> {
  const bytes = new Uint8Array(await response.arrayBuffer());
  const headers = new Headers(response.headers);
  headers.set('content-length', String(bytes.length));
  let sent = false;
  const body = new ReadableStream<Uint8Array>({
    async pull(controller) {
      if (sent) {
        // Long enough for the first half to reach the other side before the connection goes.
        await lifetime.sleep(20);
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
async function slowBody(response: Response, lifetime: Lifetime, ms: number): Promise<Response> {
  const bytes = new Uint8Array(await response.arrayBuffer());
  const size = Math.max(1, Math.ceil(bytes.length / 10));
  let position = 0;
  const body = new ReadableStream<Uint8Array>({
    async pull(controller) {
      if (!(await lifetime.sleep(ms / 10))) {
        controller.error(new Error('The sandbox has stopped.'));
        return;
      }
      controller.enqueue(bytes.slice(position, position + size));
      position += size;
      if (position >= bytes.length) controller.close();
    },
  });
  return new Response(body, { status: response.status, headers: response.headers });
}
