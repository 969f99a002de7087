import { createHash, createHmac, randomBytes } from 'node:crypto';
import type { Running } from './processes.ts';

/** The page that the benchmarks play. */
export const ORIGIN = 'http://127.0.0.1:9';

/** A finished dialog: its code, and the message that the page got. */
export interface Signup {
  code: string;
  event: { event: string; data: { waba_id: string; phone_number_id: string; business_id: string } };
}

/** A Meta app at a sandbox's Graph API. */
export interface App {
  url: string;
  id: string;
  secret: string;
}

export async function appOf(sandbox: Running, relay: Running): Promise<App> {
  const settings = await json(
    await fetch(`${relay.url}/v1/portals/default`, { headers: { origin: ORIGIN } }),
  );
  const { appId, appSecret } = await json(await fetch(`${sandbox.url}/_sandbox/credentials`));
  return { url: `${sandbox.url}/${settings.graphVersion}`, id: appId ?? '', secret: appSecret ?? '' };
}

/** Has every Graph call take this long. */
export async function slowDown(sandbox: Running, ms: number): Promise<void> {
  await control(sandbox, 'faults', { match: { path: '/v26.0/' }, kind: 'latency', ms });
}

export async function finishDialog(sandbox: Running): Promise<Signup> {
  return (await (await control(sandbox, 'codes', {})).json()) as Signup;
}

async function control(sandbox: Running, name: string, body: object): Promise<Response> {
  return post(`${sandbox.url}/_sandbox/${name}`, body);
}

/** What a page has in hand when the code has come: a session, and the body to send. */
export interface Prepared {
  authorization: string;
  body: object;
}

export async function prepare(relay: Running, { code, event }: Signup): Promise<Prepared> {
  const verifier = randomBytes(32).toString('base64url');
  const challenge = createHash('sha256').update(verifier).digest('base64url');
  const { session } = await json(
    await post(`${relay.url}/v1/sessions`, { portal: 'default', challenge }, { origin: ORIGIN }),
  );
  const { waba_id, phone_number_id, business_id } = event.data;
  const ids = { wabaId: waba_id, phoneNumberId: phone_number_id, businessId: business_id };
  return { authorization: `Bearer ${session}`, body: { code, verifier, event: event.event, ids } };
}

/** Sends the code; gives the onboarding's id once the relay has answered. */
export async function redeem(relay: Running, { authorization, body }: Prepared): Promise<string> {
  const { id = '' } = await json(
    await post(`${relay.url}/v1/onboardings`, body, { origin: ORIGIN, authorization }),
  );
  return id;
}

/** Follows the event stream to the end, as the page does. */
export async function follow(relay: Running, { authorization }: Prepared, id: string): Promise<void> {
  const stream = await fetch(`${relay.url}/v1/onboardings/${id}/events`, {
    headers: { origin: ORIGIN, authorization },
    signal: AbortSignal.timeout(60_000),
  });
  if (!stream.ok || stream.body === null) throw new Error(`No event stream: ${stream.status}`);
  let text = '';
  for await (const chunk of stream.body.pipeThrough(new TextDecoderStream())) {
    text += chunk;
    const events = text.split('\n\n');
    text = events.pop() ?? '';
    for (const event of events) {
      const data = /^data: ?(.*)$/m.exec(event)?.[1];
      const { status, error } = data === undefined ? {} : JSON.parse(data);
      if (status === 'completed') return;
      if (status === 'failed') throw new Error(`The onboarding failed: ${JSON.stringify(error)}`);
    }
  }
  throw new Error('The event stream ended before the onboarding did');
}

/** The exchange alone, as any server would make it; gives the token. */
export async function exchange({ url, id, secret }: App, { code }: Signup): Promise<string> {
  const form = { client_id: id, client_secret: secret, code, grant_type: 'authorization_code' };
  const init = { method: 'POST', body: new URLSearchParams(form) };
  return (await json(await fetch(`${url}/oauth/access_token`, init))).access_token ?? '';
}

/**
 * The relay's calls without the relay: four levels, exchange, then token ∥ account ∥ numbers, then subscribe ∥
 * register, then a last look at number ∥ account.
 */
export async function withoutRelay(app: App, signup: Signup): Promise<void> {
  const { waba_id: waba, phone_number_id: phone } = signup.event.data;
  const token = await exchange(app, signup);
  const call = async (bearer: string, path: string, body?: object) => {
    const proof = createHmac('sha256', app.secret).update(bearer).digest('hex');
    const address = `${app.url}${path}${path.includes('?') ? '&' : '?'}appsecret_proof=${proof}`;
    const authorization = `Bearer ${bearer}`;
    return json(
      await (body ? post(address, body, { authorization }) : fetch(address, { headers: { authorization } })),
    );
  };
  const account = `/${waba}?fields=id,name,message_template_namespace,owner_business_info`;
  const fields =
    'fields=id,display_phone_number,verified_name,status,quality_rating,code_verification_status';
  await Promise.all([
    call(`${app.id}|${app.secret}`, `/debug_token?input_token=${token}`),
    call(token, account),
    call(token, `/${waba}/phone_numbers?${fields}`),
  ]);
  await Promise.all([
    call(token, `/${waba}/subscribed_apps`, {}),
    call(token, `/${phone}/register`, { messaging_product: 'whatsapp', pin: '123456' }),
  ]);
  await Promise.all([call(token, `/${phone}?${fields}`), call(token, account)]);
}

/** Graph calls that the sandbox has seen since it was last asked to forget them. */
export async function graphCalls(sandbox: Running): Promise<string[]> {
  const journal = (await (await fetch(`${sandbox.url}/_sandbox/journal`)).json()) as {
    method: string;
    path: string;
  }[];
  return journal.map(({ method, path }) => `${method} ${path}`);
}

export async function timed(work: () => Promise<unknown>): Promise<number> {
  const begun = performance.now();
  await work();
  return performance.now() - begun;
}

async function post(url: string, body: object, headers: Record<string, string> = {}): Promise<Response> {
  const init = { method: 'POST', headers: { 'content-type': 'application/json', ...headers } };
  return fetch(url, { ...init, body: JSON.stringify(body) });
}

/** The text fields of a JSON answer; an answer that is no success ends the benchmark. */
async function json(response: Response): Promise<Record<string, string | undefined>> {
  const text = await response.text();
  if (!response.ok) throw new Error(`${response.status} from ${new URL(response.url).pathname}: ${text}`);
  return JSON.parse(text);
}
