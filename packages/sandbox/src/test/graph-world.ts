import { fixedCredentials } from '../credentials.ts';
import { createGraph } from '../graph/graph.ts';
import { finishSignup, type SignupOptions } from '../signup.ts';
import { mintToken } from '../world/tokens.ts';
import { createWorld } from '../world/world.ts';
import type { Customer, GraphAnswer } from './client.ts';

/**
 * A Graph API without a socket, over a world that the test sets as it likes: for what no control sets, and for many
 * calls. Its clock stands still until it is moved.
 */
export function createGraphWorld(options: { fetch?: typeof fetch } = {}) {
  const start = Date.UTC(2026, 10, 22, 12);
  const world = createWorld({ now: () => start, random: Math.random });
  const graph = createGraph({ world, fetch: options.fetch ?? fetch });
  const { appId, appSecret, systemUserToken } = fixedCredentials;

  async function send(path: string, init: RequestInit = {}): Promise<GraphAnswer> {
    const response = await graph.request(`http://graph.test${path}`, init);
    return { status: response.status, headers: response.headers, body: await response.json() };
  }

  async function exchange(parameters: Record<string, string>): Promise<GraphAnswer> {
    const body = new URLSearchParams({ client_id: appId, client_secret: appSecret, ...parameters });
    return send('/oauth/access_token', { method: 'POST', body });
  }

  return {
    world,
    send,
    exchange,
    appToken: `${appId}|${appSecret}`,
    systemUserToken,
    /** The one app of a fresh world. */
    ownApp() {
      const app = world.apps.get(appId);
      if (!app) throw new Error('A fresh world has an app.');
      return app;
    },
    as: (token: string) => {
      const headers = { authorization: `Bearer ${token}` };
      return {
        get: (path: string) => send(path, { headers }),
        delete: (path: string) => send(path, { method: 'DELETE', headers }),
        post: (path: string, fields: Record<string, string> = {}) =>
          send(path, { method: 'POST', headers, body: new URLSearchParams(fields) }),
      };
    },
    async connect(signup: Partial<SignupOptions> = {}): Promise<Customer> {
      const { code, event } = finishSignup(world, { outcome: 'finish', ...signup });
      const { body } = await exchange({ code });
      return {
        token: String(body.access_token),
        wabaId: event.data.waba_id,
        phoneNumberId: event.data.phone_number_id ?? '',
        businessId: event.data.business_id ?? '',
      };
    },
    /** What the SDK gives a person. */
    personToken: (personId: string, scopes: string[] = []): string =>
      mintToken(
        world,
        {
          appId,
          kind: 'user',
          userId: personId,
          userName: world.people.get(personId)?.name ?? '',
          businessId: '',
          scopes,
          wabaIds: [],
        },
        2 * 60 * 60 * 1000,
      ).token,
  };
}
