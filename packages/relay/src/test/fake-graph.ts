import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { TestContext } from 'node:test';
import type { RedeemRequest } from 'whatsapp-embedded-signup/protocol';
import type { Environment } from '../settings/source.ts';

/** What a test says to a call; without `status` it is 200. */
export interface GraphAnswer {
  json: unknown;
  status?: number;
}

/** A Graph API whose answers the test writes itself: for what a healthy Meta, or the sandbox, never says. */
export interface FakeGraph {
  /** The settings that make a relay use it. */
  env: Environment;
  /** `METHOD /path` of each call, without version and query, in order. */
  calls: string[];
  /** Answers a call, such as `POST /20001/register`, with this JSON; or as a function says, which gets its turn, from 1. */
  on(call: string, answer: GraphAnswer | ((turn: number) => GraphAnswer | Promise<GraphAnswer>)): void;
  count(call: string): number;
}

const waba = '10001';
const phoneNumber = '20001';

/** What the page says of the account that the fake Graph API has. */
export const claims: Omit<RedeemRequest, 'code'> = {
  event: 'FINISH',
  ids: { wabaId: waba, phoneNumberId: phoneNumber, businessId: '55555' },
};

/** A number that is verified and not connected yet. */
export const number = {
  id: phoneNumber,
  display_phone_number: '+1 555 0100',
  verified_name: 'Acme',
  status: 'DISCONNECTED',
  quality_rating: 'GREEN',
  code_verification_status: 'VERIFIED',
  platform_type: 'NOT_APPLICABLE',
  is_on_biz_app: false,
};

/** What `debug_token` says of a good token. */
export const goodToken = {
  app_id: '111',
  is_valid: true,
  expires_at: 0,
  granular_scopes: [{ scope: 'whatsapp_business_management', target_ids: [waba] }],
};

const healthy: Readonly<Record<string, unknown>> = {
  'POST /oauth/access_token': { access_token: 'EAA-fake-token', token_type: 'bearer' },
  'GET /debug_token': { data: goodToken },
  [`GET /${waba}`]: { id: waba, name: 'Acme', message_template_namespace: 'ns' },
  [`GET /${waba}/phone_numbers`]: { data: [number] },
  [`POST /${waba}/subscribed_apps`]: { success: true },
  [`POST /${phoneNumber}/register`]: { success: true },
  [`GET /${phoneNumber}`]: number,
};

export async function startFakeGraph(t: TestContext): Promise<FakeGraph> {
  const calls: string[] = [];
  const answers = new Map<string, Parameters<FakeGraph['on']>[1]>();
  const count = (call: string): number => calls.filter((made) => made === call).length;
  const server = createServer(async (request, response) => {
    request.resume();
    const path = new URL(request.url ?? '', 'http://graph').pathname.replace(/^\/v[\d.]+/, '');
    const call = `${request.method} ${path}`;
    calls.push(call);
    const chosen = answers.get(call) ?? { json: healthy[call] };
    const { json, status = 200 } = typeof chosen === 'function' ? await chosen(count(call)) : chosen;
    response.writeHead(status, { 'content-type': 'application/json' });
    response.end(JSON.stringify(json ?? { error: { code: 100, error_subcode: 33 } }));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  t.after(() => {
    server.closeAllConnections();
    server.close();
  });
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    env: {
      META_APP_ID: '111',
      META_APP_SECRET: 'app-secret',
      META_CONFIG_ID: '222',
      META_GRAPH_URL: url,
      META_SDK_URL: url,
    },
    calls,
    on: (call, answer) => void answers.set(call, answer),
    count,
  };
}

/** An error in Meta's envelope. */
export function graphError(code: number, more: Record<string, unknown> = {}): GraphAnswer {
  return { status: 400, json: { error: { code, fbtrace_id: 'trace', ...more } } };
}
