/** The relay's routes, as the element uses them. */
import { SignupFailure } from './errors.ts';
import type {
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
   * tried again for a while. Throws `code-used`, `code-expired`, `code-refused`, `exchange-unknown`, ….
   */
  redeem(session: string, request: RedeemRequest): Promise<Onboarding>;
  onboarding(session: string, id: string): Promise<Onboarding>;
  /** The event stream's answer, its body unread. `after` is the last revision seen. */
  events(session: string, id: string, after: number, signal: AbortSignal): Promise<Response>;
}

export interface RelayOptions {
  /** Without a slash at the end. */
  base: string;
  /** Milliseconds in which a code is brought again and again. */
  insist?: number;
}

interface Call {
  method?: 'POST';
  session?: string;
  body?: object;
  signal?: AbortSignal;
  /** The last revision seen. */
  after?: number;
}

export function createRelayClient({ base, insist = 20_000 }: RelayOptions): RelayClient {
  async function request(path: string, { method, session, body, signal, after }: Call): Promise<Response> {
    const response = await fetch(`${base}/v1/${path}`, {
      method,
      body: JSON.stringify(body),
      signal: signal ?? AbortSignal.timeout(15_000),
      headers: {
        ...(session && { authorization: `Bearer ${session}` }),
        ...(body && { 'content-type': 'application/json' }),
        ...(after && { 'last-event-id': `${after}` }),
      },
    }).catch(lost);
    if (response.ok) return response;
    const { code, title = '', detail = '', retryable }: Partial<Problem> = await response.json().catch(lost);
    // The detail is the title and the next step.
    throw new SignupFailure(code, { message: title, hint: detail.replace(title, '').trim(), retryable });
  }

  const json = async <Answer>(path: string, call: Call = {}): Promise<Answer> =>
    (await request(path, call)).json().catch(lost);

  return {
    settings: (portal) => json(`portals/${encodeURIComponent(portal)}`),
    session: (body) => json('sessions', { method: 'POST', body }),
    async redeem(session, body) {
      const signal = AbortSignal.timeout(insist);
      for (let pause = 250; ; pause *= 2) {
        try {
          return await json<Onboarding>('onboardings', { method: 'POST', session, body, signal });
        } catch (error) {
          if (signal.aborted || !(error as SignupFailure).detail.retryable) throw error;
        }
        await new Promise((resolve) => setTimeout(resolve, pause));
      }
    },
    onboarding: (session, id) => json(`onboardings/${id}`, { session }),
    events: (session, id, after, signal) => request(`onboardings/${id}/events`, { session, after, signal }),
  };
}

/** No answer, one that was cut off, or one from something in front of the relay. */
function lost(): never {
  throw new SignupFailure('relay-unreachable');
}
