import { createHash, createHmac, randomBytes } from 'node:crypto';
import { type Running, startRelay, startSandbox } from './processes.ts';
import { median, type Row } from './table.ts';

const ORIGIN = 'http://127.0.0.1:9';
const GRAPH_LATENCY_MS = 200;
const RUNS = 7;

interface Signup {
  code: string;
  event: { event: string; data: { waba_id: string; phone_number_id: string; business_id: string } };
}

/**
 * From sending the code to `completed` with 200 ms for each Graph call, beside the same four levels of calls made
 * directly: exchange, then token ∥ account ∥ numbers, then subscribe ∥ register, then a last look at the number.
 */
export async function onboarding(): Promise<Row[]> {
  const sandbox = await startSandbox();
  const relay = await startRelay(sandbox, ORIGIN);
  try {
    const { graphVersion } = await json(
      await fetch(`${relay.url}/v1/portals/default`, { headers: { origin: ORIGIN } }),
    );
    const env = await json(await fetch(`${sandbox.url}/_sandbox/credentials`));
    const graph = { url: `${sandbox.url}/${graphVersion}`, id: env.appId ?? '', secret: env.appSecret ?? '' };

    const control = (path: string, body: object) => post(`${sandbox.url}/_sandbox/${path}`, body);
    await control('faults', { match: { path: `/${graphVersion}/` }, kind: 'latency', ms: GRAPH_LATENCY_MS });
    const signup = async () => (await (await control('codes', {})).json()) as Signup;

    const ours: number[] = [];
    const floor: number[] = [];
    // The first round opens connections and fills caches on both sides; it is not counted.
    for (let round = 0; round <= RUNS; round += 1) {
      const prepared = await prepare(relay, await signup());
      const throughRelay = await timed(() => redeem(relay, prepared));
      const direct = await signup();
      const directly = await timed(() => withoutRelay(graph, direct));
      if (round === 0) continue;
      ours.push(throughRelay);
      floor.push(directly);
    }
    const beside = 'its four levels of calls alone';
    const what = `an onboarding at ${GRAPH_LATENCY_MS} ms a Graph call`;
    return [{ what, ours: median(ours), beside, floor: median(floor), unit: 'ms' }];
  } finally {
    await relay.stop();
    await sandbox.stop();
  }
}

interface Prepared {
  authorization: string;
  body: object;
}

/** A session, as the page has one before the code comes. */
async function prepare(relay: Running, { code, event }: Signup): Promise<Prepared> {
  const verifier = randomBytes(32).toString('base64url');
  const challenge = createHash('sha256').update(verifier).digest('base64url');
  const { session } = await json(
    await post(`${relay.url}/v1/sessions`, { portal: 'default', challenge }, { origin: ORIGIN }),
  );
  const { waba_id, phone_number_id, business_id } = event.data;
  const ids = { wabaId: waba_id, phoneNumberId: phone_number_id, businessId: business_id };
  return { authorization: `Bearer ${session}`, body: { code, verifier, event: event.event, ids } };
}

/** Sends the code and follows the event stream to the end, as the page does. */
async function redeem(relay: Running, { authorization, body }: Prepared): Promise<void> {
  const headers = { origin: ORIGIN, authorization };
  const { id } = await json(await post(`${relay.url}/v1/onboardings`, body, headers));
  const stream = await fetch(`${relay.url}/v1/onboardings/${id}/events`, {
    headers,
    signal: AbortSignal.timeout(30_000),
  });
  if (stream.body === null) throw new Error('The event stream has no body');
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

async function withoutRelay(
  app: { url: string; id: string; secret: string },
  { code, event }: Signup,
): Promise<void> {
  const { waba_id: waba, phone_number_id: phone } = event.data;
  const form = { client_id: app.id, client_secret: app.secret, code, grant_type: 'authorization_code' };
  const exchange = { method: 'POST', body: new URLSearchParams(form) };
  const { access_token: token = '' } = await json(await fetch(`${app.url}/oauth/access_token`, exchange));

  const call = async (bearer: string, path: string, body?: object) => {
    const proof = createHmac('sha256', app.secret).update(bearer).digest('hex');
    const address = `${app.url}${path}${path.includes('?') ? '&' : '?'}appsecret_proof=${proof}`;
    const authorization = `Bearer ${bearer}`;
    return json(
      await (body ? post(address, body, { authorization }) : fetch(address, { headers: { authorization } })),
    );
  };
  const fields =
    'fields=id,display_phone_number,verified_name,status,quality_rating,code_verification_status';
  await Promise.all([
    call(`${app.id}|${app.secret}`, `/debug_token?input_token=${token}`),
    call(token, `/${waba}?fields=id,name,message_template_namespace,owner_business_info`),
    call(token, `/${waba}/phone_numbers?${fields}`),
  ]);
  await Promise.all([
    call(token, `/${waba}/subscribed_apps`, {}),
    call(token, `/${phone}/register`, { messaging_product: 'whatsapp', pin: '123456' }),
  ]);
  await call(token, `/${phone}?${fields}`);
}

async function timed(work: () => Promise<unknown>): Promise<number> {
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
