import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { fixedCredentials } from './credentials.ts';
import { createSandbox } from './sandbox.ts';
import { SandboxStartError } from './start-error.ts';

describe('createSandbox', () => {
  it('answers without a server', async () => {
    const sandbox = createSandbox();
    const response = await sandbox.fetch(new Request('https://sandbox.test/_sandbox/credentials'));
    assert.equal((await response.json()).graphUrl, 'https://sandbox.test');
    assert.throws(() => sandbox.url, /start\(\)/);
  });

  it('tells a person who opens its address where things are', async () => {
    const response = await createSandbox().fetch(new Request('http://sandbox.test/'));
    assert.match(await response.text(), /\/_sandbox\/credentials/);
  });

  it('is the same every time with the same clock and numbers', async () => {
    const make = () => createSandbox({ now: () => 1_795_000_000_000, random: () => 0.4 });
    assert.deepEqual(make().issueCode(), make().issueCode());
    const state = await make().fetch(new Request('http://sandbox.test/_sandbox/state'));
    assert.equal((await state.json()).now, '2026-11-18T11:06:40.000Z');
  });

  it('calls nobody and waits for nothing once it is stopped, until it is started again', async () => {
    const calls: { url: string; signal: AbortSignal; answer: (response: Response) => void }[] = [];
    const waiting: (() => void)[] = [];
    const called = () => new Promise<void>((resolve) => waiting.push(resolve));
    const sandbox = createSandbox({
      fetch: (url, init) =>
        new Promise((answer, reject) => {
          const signal = init?.signal as AbortSignal;
          if (signal.aborted) return reject(signal.reason);
          signal.addEventListener('abort', () => reject(signal.reason));
          calls.push({ url: String(url), signal, answer });
          waiting.shift()?.();
        }),
    });
    const { url } = await sandbox.start();
    const { appId, appSecret } = sandbox.credentials;
    const subscribe = new Request(`https://sandbox.test/${appId}/subscriptions`, {
      method: 'POST',
      body: new URLSearchParams({
        access_token: `${appId}|${appSecret}`,
        object: 'whatsapp_business_account',
        callback_url: 'https://partner.example/hook',
        verify_token: 'v',
        fields: 'account_update',
      }),
    });
    await sandbox.control('faults', { match: { path: '/me' }, kind: 'latency', ms: 600_000 });
    const delayed = assert.rejects(fetch(`${url}/me`), TypeError);
    const verifying = sandbox.fetch(subscribe.clone());
    await called();
    await sandbox.stop();
    await delayed;
    assert.match(JSON.stringify(await (await verifying).json()), /2200/);

    await sandbox.start();
    const again = sandbox.fetch(subscribe);
    await called();
    const challenge = new URL(calls[1]?.url ?? '').searchParams.get('hub.challenge');
    calls[1]?.answer(new Response(challenge));
    assert.equal((await again).status, 200);
    sandbox.issueCode();
    await called();
    assert.equal(calls[2]?.url, 'https://partner.example/hook');
    await sandbox.stop();
    assert.equal(calls[2]?.signal.aborted, true);
    sandbox.issueCode();
    await new Promise((resolve) => setImmediate(resolve));
    await new Promise((resolve) => setTimeout(resolve, 5));
    assert.equal(calls.length, 3);
    await sandbox.start();
    await called();
    await sandbox.stop();
  });

  it('gives everybody a code, a token and an id of their own, whatever the numbers are', async () => {
    const sandbox = createSandbox({ random: () => 0 });
    const { appId, appSecret } = fixedCredentials;
    const tokens = [];
    for (const { code } of [sandbox.issueCode(), sandbox.issueCode()]) {
      const body = new URLSearchParams({ client_id: appId, client_secret: appSecret, code });
      const request = new Request('https://sandbox.test/oauth/access_token', { method: 'POST', body });
      tokens.push((await (await sandbox.fetch(request)).json()).access_token);
    }
    assert.equal(new Set(tokens).size, 2);
    assert.ok(tokens[0]);
    const { codes, wabas } = await sandbox.control('state');
    assert.equal(codes.length, 2);
    assert.equal(new Set(wabas.map(({ templateNamespace }) => templateNamespace)).size, 2);
  });

  it('starts where it is told, stops, and starts again', async () => {
    const sandbox = createSandbox({ host: '127.0.0.1' });
    const { url } = await sandbox.start();
    assert.equal(url, sandbox.url);
    await sandbox.stop();
    await assert.rejects(fetch(url), TypeError);
    const again = await sandbox.start();
    assert.equal((await fetch(`${again.url}/_sandbox/state`)).status, 200);
    await sandbox.stop();
  });

  it('has one server, however often it is started', async () => {
    const sandbox = createSandbox();
    const [one, other] = await Promise.all([sandbox.start(), sandbox.start()]);
    assert.deepEqual([other, await sandbox.start()], [one, one]);
    await sandbox.stop();
    await assert.rejects(fetch(one.url), TypeError);
    assert.throws(() => sandbox.url, /start\(\)/);
  });

  it('says what to do where its port or its host is not to be had, and starts once it is', async () => {
    const first = createSandbox();
    const port = Number(new URL((await first.start()).url).port);
    const second = createSandbox({ port });
    await assert.rejects(second.start(), (error) => {
      assert.ok(error instanceof SandboxStartError);
      assert.equal(error.code, 'port-taken');
      assert.match(error.message, new RegExp(`^Port ${port} is taken\\. Choose another port .*`));
      assert.equal((error.cause as { code: string }).code, 'EADDRINUSE');
      return true;
    });
    await first.stop();
    assert.equal(new URL((await second.start()).url).port, String(port));
    await second.stop();
    await assert.rejects(createSandbox({ host: '192.0.2.1' }).start(), { code: 'host-unknown' });
  });
});
