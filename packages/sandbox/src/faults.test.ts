import assert from 'node:assert/strict';
import { after, afterEach, before, describe, it } from 'node:test';
import { createFaults } from './faults.ts';
import { createLifetime } from './lifetime.ts';
import { createSandbox } from './sandbox.ts';
import { createClient } from './test/client.ts';
import { createWorld } from './world/world.ts';

const sandbox = createSandbox();
const { exchange, graph, control, connect, as } = createClient(sandbox);

before(() => sandbox.start());
after(() => sandbox.stop());
afterEach(() => control('DELETE', '/faults'));

async function fault(input: Record<string, unknown>): Promise<void> {
  assert.equal((await control('POST', '/faults', input)).status, 200);
}

/** A lifetime whose waits take as long as the test wants. */
function createWaits() {
  const waits: number[] = [];
  const asleep: ((isOver: true) => void)[] = [];
  const lifetime = {
    ...createLifetime(),
    sleep(ms: number) {
      waits.push(ms);
      return new Promise<boolean>((resolve) => asleep.push(resolve));
    },
  };
  return {
    waits,
    lifetime,
    /** Ends the one wait that there is, or the next. */
    async goOn(): Promise<void> {
      while (asleep.length === 0) await new Promise((resolve) => setImmediate(resolve));
      asleep.shift()?.(true);
    },
  };
}

const onExchange = { match: { method: 'POST', path: '/oauth/access_token' } };

describe('a fault at the socket', () => {
  it('drop-before: no answer and no effect', async () => {
    await fault({ ...onExchange, kind: 'drop-before', times: 1 });
    const { code } = sandbox.issueCode();
    await assert.rejects(exchange({ code }), TypeError);
    assert.equal((await exchange({ code })).status, 200);
  });

  it('commit-then-drop: no answer, but the code is used', async () => {
    await fault({ ...onExchange, kind: 'commit-then-drop', times: 1 });
    const { code } = sandbox.issueCode();
    await assert.rejects(exchange({ code }), TypeError);
    assert.equal((await exchange({ code })).body.error?.error_subcode, 36009);
  });

  it('half-body: the answer breaks off', async () => {
    await fault({ ...onExchange, kind: 'half-body', times: 1 });
    const { appId, appSecret } = sandbox.credentials;
    const response = await fetch(`${sandbox.url}/v26.0/oauth/access_token`, {
      method: 'POST',
      body: new URLSearchParams({
        client_id: appId,
        client_secret: appSecret,
        code: sandbox.issueCode().code,
      }),
    });
    assert.equal(response.status, 200);
    await assert.rejects(response.text());
  });

  it('slow-body: the headers come at once, the body over a while', async () => {
    const { waits, lifetime, goOn } = createWaits();
    const faults = createFaults(createWorld({ now: () => 0, random: Math.random }), lifetime);
    faults.add({ match: {}, kind: 'slow-body', ms: 200 });
    const { response } = await faults.run(
      new Request('http://sandbox.test/me'),
      async () => new Response('0123456789'),
    );
    const text = response?.text();
    for (let piece = 0; piece < 10; piece++) await goOn();
    assert.equal(await text, '0123456789');
    assert.deepEqual(new Set(waits), new Set([20]));
  });

  it('drops without a server too', async () => {
    await fault({ match: { path: '/me' }, kind: 'drop-before', times: 1 });
    await assert.rejects(sandbox.fetch(new Request('http://sandbox.test/me')), TypeError);
  });
});

describe('a fault in the answer', () => {
  it('500, 503 and html: as Meta’s edge answers', async () => {
    await fault({ match: { path: '/me' }, kind: '500', times: 1 });
    await fault({ match: { path: '/me' }, kind: '503', times: 1 });
    const [first, second] = [await graph('/me'), await graph('/me')];
    assert.deepEqual([first.status, first.body.error?.code], [500, 1]);
    assert.deepEqual([second.status, second.body.error?.code], [503, 2]);
    await fault({ match: { path: '/me' }, kind: 'html', times: 1 });
    const page = await fetch(`${sandbox.url}/me`);
    assert.match(page.headers.get('content-type') ?? '', /text\/html/);
  });

  it('graph-error: with the code, subcode, message and transience that were asked for', async () => {
    await fault({
      match: {},
      kind: 'graph-error',
      code: 131031,
      subcode: 7,
      message: 'Locked',
      isTransient: true,
    });
    const { status, body } = await graph('/v26.0/1');
    assert.equal(status, 400);
    const { fbtrace_id, ...error } = body.error ?? { fbtrace_id: '' };
    assert.ok(fbtrace_id);
    assert.deepEqual(error, {
      message: 'Locked',
      type: 'OAuthException',
      code: 131031,
      error_subcode: 7,
      is_transient: true,
    });
  });

  it('graph-error: with the headers of every refusal', async () => {
    await fault({ match: {}, kind: 'graph-error', code: 190, message: 'Gone', times: 1 });
    const { headers } = await graph('/v25.0/1');
    assert.deepEqual(
      ['access-control-allow-origin', 'facebook-api-version', 'www-authenticate'].map((name) =>
        headers.get(name),
      ),
      ['*', 'v25.0', 'OAuth "Facebook Platform" "invalid_token" "Gone"'],
    );
    await fault({ match: {}, kind: 'rate-limit', times: 1 });
    assert.equal((await graph('/v25.0/1')).headers.get('facebook-api-version'), 'v25.0');
  });

  it('graph-error: with the details and the HTTP status that Meta gives such a code', async () => {
    for (const [code, expected] of [
      [190, 401],
      [200, 403],
      [2, 500],
      [133008, 400],
    ] as const) {
      await fault({ match: {}, kind: 'graph-error', code, details: 'Try again in 30 minutes.', times: 1 });
      const { status, body } = await graph('/v26.0/1');
      assert.deepEqual([body.error?.code, status], [code, expected]);
      assert.deepEqual(body.error?.error_data, {
        messaging_product: 'whatsapp',
        details: 'Try again in 30 minutes.',
      });
    }
  });

  it('rate-limit: with the minutes to wait in the headers, by the account that was called, or by the app', async () => {
    const { token, wabaId, phoneNumberId } = await connect();
    await fault({ match: {}, kind: 'rate-limit', minutes: 7 });
    for (const [path, id] of [
      [`/v26.0/${wabaId}/phone_numbers`, wabaId],
      [`/${phoneNumberId}`, wabaId],
      ['/v26.0/me', sandbox.credentials.appId],
      ['/v26.0/me?access_token=400000000000011|second-app-secret', '400000000000011'],
    ] as const) {
      const { body, headers } = await (path.includes('?') ? graph(path) : as(token).get(path));
      assert.equal(body.error?.code, 80007);
      assert.deepEqual(JSON.parse(headers.get('x-business-use-case-usage') ?? '{}'), {
        [id]: [
          {
            type: 'whatsapp_business_management',
            call_count: 100,
            total_cputime: 0,
            total_time: 0,
            estimated_time_to_regain_access: 7,
          },
        ],
      });
      assert.equal(JSON.parse(headers.get('x-app-usage') ?? '{}').call_count, 100);
    }
  });
});

describe('where faults strike', () => {
  it('adds latencies to each other and to one other fault', async () => {
    const { waits, lifetime, goOn } = createWaits();
    const faults = createFaults(createWorld({ now: () => 0, random: Math.random }), lifetime);
    faults.add({ match: {}, kind: 'latency', ms: 60 });
    faults.add({ match: { path: '/me' }, kind: 'latency', ms: 70 });
    faults.add({ match: { path: '/me' }, kind: '500' });
    const run = faults.run(new Request('http://sandbox.test/me'), async () => Response.json({}));
    await goOn();
    await goOn();
    assert.equal((await run).response?.status, 500);
    assert.deepEqual(waits, [60, 70]);
  });

  it('matches a pattern in the order of its parts, in no more time than it takes to read it', async () => {
    await fault({ match: { path: `/${'*a'.repeat(2000)}*b` }, kind: '500' });
    await fault({ match: { path: '/v26.0*0/me' }, kind: '503' });
    assert.equal((await graph(`/${'a'.repeat(4000)}`)).status, 400);
    assert.equal((await graph(`/${'a'.repeat(4000)}b`)).status, 500);
    assert.equal((await graph('/v26.0/me')).status, 401, 'no part stands twice for the same letters');
    assert.equal((await graph('/v26.0/0/me')).status, 503);
  });

  it('matches the method, a part of the path, or a pattern of the whole', async () => {
    const { token, wabaId, phoneNumberId } = await connect();
    await fault({ match: { method: 'POST', path: '/v*/subscribed_apps' }, kind: '500' });
    await fault({ match: { path: 'register' }, kind: '503' });
    assert.equal((await as(token).get(`/v26.0/${wabaId}/subscribed_apps`)).status, 200);
    assert.equal((await as(token).post(`/v26.0/${wabaId}/subscribed_apps`)).status, 500);
    assert.equal((await as(token).post(`/${wabaId}/subscribed_apps`)).status, 200);
    assert.equal((await as(token).post(`/v26.0/${phoneNumberId}/register`)).status, 503);
  });

  it('strikes as often as asked, until it is cleared, and never the controls', async () => {
    await fault({ match: {}, kind: '500', times: 2 });
    const statuses = [await graph('/me'), await graph('/me'), await graph('/me')].map(({ status }) => status);
    assert.deepEqual(statuses, [500, 500, 401]);
    await fault({ match: {}, kind: 'drop-before' });
    assert.equal((await control('GET', '/state')).status, 200);
    await control('DELETE', '/faults');
    assert.equal((await graph('/me')).status, 401);
  });
});
