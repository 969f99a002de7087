/** The relay's routes, as the element uses them. */
import { errorDetail, failure, SignupFailure } from './errors.ts';
import type {
  LateEvent,
  LaunchSettings,
  Onboarding,
  Problem,
  RedeemRequest,
  SessionGrant,
  SessionRequest,
} from './protocol.ts';

export interface RelayClient {
  /** Throws `portal-unknown`, `origin-not-allowed`, `relay-unreachable`. */
  settings(portal: string): Promise<LaunchSettings>;
  session(request: SessionRequest): Promise<SessionGrant>;
  /**
   * Brings the code. The relay exchanges it once and gives the same answer to a repeat, so a lost connection is
   * tried again within 20 s. Throws `code-used`, `code-expired`, `code-refused`, `exchange-unknown`, ….
   */
  redeem(session: string, request: RedeemRequest): Promise<Onboarding>;
  amend(session: string, id: string, event: LateEvent): Promise<Onboarding>;
  onboarding(session: string, id: string): Promise<Onboarding>;
  /** The event stream's answer, its body unread. */
  events(session: string, id: string, after: string, signal: AbortSignal): Promise<Response>;
}

export interface RelayOptions {
  /** Without a slash at the end. */
  base: string;
  fetch?: typeof fetch;
  now?: () => number;
  sleep?: (ms: number) => Promise<void>;
}

/** Milliseconds. */
const requestTimeout = 15_000;
const redeemWithin = 20_000;

export function createRelayClient({
  base,
  fetch = globalThis.fetch.bind(globalThis),
  now = Date.now,
  sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
}: RelayOptions): RelayClient {
  async function request(path: string, init: RequestInit, session?: string): Promise<Response> {
    let response: Response;
    try {
      response = await fetch(`${base}/v1/${path}`, {
        cache: 'no-store',
        credentials: 'omit',
        signal: AbortSignal.timeout(requestTimeout),
        ...init,
        headers: {
          ...(session && { authorization: `Bearer ${session}` }),
          ...(init.body && { 'content-type': 'application/json' }),
          ...init.headers,
        },
      });
    } catch {
      throw failure('relay-unreachable');
    }
    if (!response.ok) throw await problemOf(response);
    return response;
  }

  async function json<Answer>(
    path: string,
    method = 'GET',
    session?: string,
    body?: unknown,
  ): Promise<Answer> {
    const response = await request(
      path,
      { method, ...(body !== undefined && { body: JSON.stringify(body) }) },
      session,
    );
    try {
      return (await response.json()) as Answer;
    } catch {
      throw failure('relay-unreachable'); // cut off on the way
    }
  }

  return {
    settings: (portal) => json(`portals/${encodeURIComponent(portal)}`),
    session: (body) => json('sessions', 'POST', undefined, body),
    async redeem(session, body) {
      const end = now() + redeemWithin;
      for (let pause = 250; ; pause *= 2) {
        try {
          return await json<Onboarding>('onboardings', 'POST', session, body);
        } catch (error) {
          if (!isLost(error) || now() + pause > end) throw error;
        }
        await sleep(pause);
      }
    },
    amend: (session, id, event) => json(`onboardings/${id}`, 'PATCH', session, event),
    onboarding: (session, id) => json(`onboardings/${id}`, 'GET', session),
    events: (session, id, after, signal) =>
      request(
        `onboardings/${id}/events`,
        { signal, headers: { accept: 'text/event-stream', ...(after && { 'last-event-id': after }) } },
        session,
      ),
  };
}

/** Whether the relay itself never answered, so that the same request may be sent again. */
export function isLost(error: unknown): boolean {
  return error instanceof SignupFailure && /^relay-(unreachable|failed)$/.test(error.detail.code);
}

async function problemOf(response: Response): Promise<SignupFailure> {
  const problem: Partial<Problem> | null = await response.json().catch(() => null);
  // Without a code it is not the relay that answered, but something in front of it.
  if (typeof problem?.code !== 'string') return failure('relay-failed');
  const { code, detail, retryable } = problem;
  return new SignupFailure(errorDetail(code, { message: detail, retryable }));
}
