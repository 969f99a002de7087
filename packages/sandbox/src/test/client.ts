import type { CodeOutcome } from '../outcomes.ts';
import type { Sandbox } from '../sandbox.ts';

/** What the Graph API answered. */
export interface GraphAnswer {
  status: number;
  headers: Headers;
  body: Record<string, unknown> & {
    error?: {
      message: string;
      type: string;
      code: number;
      error_subcode?: number;
      error_user_title?: string;
      error_user_msg?: string;
      error_data?: { messaging_product: string; details: string };
      fbtrace_id: string;
    };
  };
}

/** A customer whose signup is finished and whose code is changed for a token. */
export interface Customer {
  token: string;
  wabaId: string;
  phoneNumberId: string;
  businessId: string;
}

/** Speaks HTTP to a started sandbox. */
export function createClient(sandbox: Sandbox) {
  async function graph(path: string, init: RequestInit = {}): Promise<GraphAnswer> {
    const response = await fetch(`${sandbox.url}${path}`, init);
    return { status: response.status, headers: response.headers, body: await response.json() };
  }

  function exchange(parameters: Record<string, string>): Promise<GraphAnswer> {
    const { appId, appSecret } = sandbox.credentials;
    const body = new URLSearchParams({ client_id: appId, client_secret: appSecret, ...parameters });
    return graph('/v26.0/oauth/access_token', { method: 'POST', body });
  }

  return {
    graph,
    exchange,
    async control(method: string, path: string, body?: unknown): Promise<{ status: number; body: unknown }> {
      const init = body === undefined ? {} : { body: JSON.stringify(body) };
      const response = await fetch(`${sandbox.url}/_sandbox${path}`, { method, ...init });
      return { status: response.status, body: await response.json() };
    },
    async connect(outcome: CodeOutcome = 'finish', data: Record<string, unknown> = {}): Promise<Customer> {
      const { code, event } = sandbox.issueCode({ outcome, data });
      const { body } = await exchange({ code });
      return {
        token: String(body.access_token),
        wabaId: event.data.waba_id ?? '',
        phoneNumberId: event.data.phone_number_id ?? '',
        businessId: event.data.business_id ?? '',
      };
    },
    /** A call in the name of a token. */
    as: (token: string) => ({
      get: (path: string) => graph(path, { headers: { authorization: `Bearer ${token}` } }),
      delete: (path: string) =>
        graph(path, { method: 'DELETE', headers: { authorization: `Bearer ${token}` } }),
      post: (path: string, fields: Record<string, string> = {}) =>
        graph(path, {
          method: 'POST',
          headers: { authorization: `Bearer ${token}` },
          body: new URLSearchParams(fields),
        }),
      /** With a body of JSON, or a form with files. */
      send: (method: 'POST' | 'DELETE', path: string, body: object) =>
        graph(path, {
          method,
          headers: {
            authorization: `Bearer ${token}`,
            ...(body instanceof FormData ? {} : { 'content-type': 'application/json' }),
          },
          body: body instanceof FormData ? body : JSON.stringify(body),
        }),
    }),
  };
}
