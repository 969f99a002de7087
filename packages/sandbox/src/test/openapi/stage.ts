import type { Sandbox } from '../../sandbox.ts';
import { type Customer, createClient, type GraphAnswer } from '../client.ts';
import type { SentRequest } from './file.ts';

/** How one operation of the file is asked for. */
export interface Asked extends SentRequest {
  /** Whose call it is. */
  token: string;
}

/** Sets the scene of one operation, and says how to ask for it. */
export type Drive = (stage: Stage) => Asked | Promise<Asked>;

/** What the drives play on: a started sandbox, with the partner that is always there and customers as they need. */
export interface Stage {
  sandbox: Sandbox;
  /** Tokens and ids of the partner. */
  partner: {
    appId: string;
    businessId: string;
    systemUserId: string;
    creditLineId: string;
    systemToken: string;
    appToken: string;
  };
  /**
   * A new customer whose signup is finished; `isRegistered`: whose number is connected, and paid for;
   * `solutionId`: who came through that solution.
   */
  customer(options?: { isRegistered?: boolean; solutionId?: string }): Promise<Customer>;
  /** A count that never comes twice, for what must be new each time. */
  next(): number;
  /** A call that sets the scene; it must succeed. */
  prepare(method: string, path: string, token: string, body?: object): Promise<Record<string, unknown>>;
  /** Sends what a drive asks for. */
  send(method: string, path: string, asked: Asked): Promise<GraphAnswer>;
}

export function createStage(sandbox: Sandbox): Stage {
  const { connect } = createClient(sandbox);
  const { appId, appSecret, businessId, systemUserId, creditLineId, systemUserToken } = sandbox.credentials;

  async function fetchJson(method: string, path: string, token: string, init: RequestInit) {
    const headers = new Headers(init.headers);
    headers.set('authorization', `Bearer ${token}`);
    const response = await fetch(`${sandbox.url}${path}`, { ...init, method, headers });
    const body: unknown = (response.headers.get('content-type') ?? '').includes('json')
      ? await response.json()
      : await response.text();
    return { status: response.status, headers: response.headers, body: body as GraphAnswer['body'] };
  }

  let count = 1000;

  return {
    sandbox,
    next: () => count++,
    partner: {
      appId,
      businessId,
      systemUserId,
      creditLineId,
      systemToken: systemUserToken,
      appToken: `${appId}|${appSecret}`,
    },
    customer: ({ isRegistered = false, ...through } = {}) =>
      connect('finish', { ...(isRegistered ? { registered: true, funded: true } : {}), ...through }),
    async prepare(method, path, token, body) {
      const answer = await fetchJson(method, path, token, body ? json(body) : {});
      if (answer.status !== 200) {
        throw new Error(`${method} ${path} set no scene: ${answer.status} ${JSON.stringify(answer.body)}`);
      }
      return answer.body;
    },
    send: (method, path, asked) =>
      fetchJson(method, path, asked.token, asked.body ? encode(asked.body, asked.contentType) : {}),
  };
}

const json = (body: object): RequestInit => ({
  body: JSON.stringify(body),
  headers: { 'content-type': 'application/json' },
});

/** The body in the form that the file names. */
function encode(body: Record<string, unknown>, contentType: SentRequest['contentType']): RequestInit {
  if (contentType === undefined || contentType === 'application/json') return json(body);
  const texts = Object.entries(body).map(([name, value]): [string, string] => [
    name,
    typeof value === 'string' ? value : JSON.stringify(value),
  ]);
  if (contentType === 'application/x-www-form-urlencoded') return { body: new URLSearchParams(texts) };
  const form = new FormData();
  for (const [name, value] of texts) {
    // A part's own type is what Meta goes by.
    const type = value.startsWith('{') ? 'application/json' : 'text/plain';
    if (name === 'file') form.set(name, new Blob([value], { type }), 'file');
    else form.set(name, value);
  }
  return { body: form };
}
