import assert from 'node:assert/strict';
import { request } from 'node:http';
import { after, before, describe, it } from 'node:test';
import { createSandbox } from '../sandbox.ts';
import { guardProblem } from './guard.ts';

const sandbox = createSandbox();

before(() => sandbox.start());
after(() => sandbox.stop());

/** `fetch` would write some of these headers itself. */
function statusWith(headers: Record<string, string>, path = '/_sandbox/state'): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    request(`${sandbox.url}${path}`, { headers }, (answer) => {
      answer.resume();
      resolve(answer.statusCode);
    })
      .on('error', reject)
      .end();
  });
}

describe('the controls answer', () => {
  for (const [who, headers] of [
    ['a program', {}],
    ['a page on loopback', { origin: 'http://localhost:5173', 'sec-fetch-site': 'cross-site' }],
    ['a person who types the address', { 'sec-fetch-site': 'none' }],
    ['a page of the sandbox behind TLS', { host: 'sandbox.shop.dev', 'sec-fetch-site': 'same-origin' }],
    ['a program in the next container', { host: 'sandbox:4400' }],
    ['a program under Meta’s name', { host: 'graph.facebook.com' }],
    ['a program under a name that is nobody’s', { host: 'nobody.example' }],
    ['a program by IPv6', { host: '[::1]:4400' }],
  ] as const) {
    it(who, async () => assert.equal(await statusWith(headers), 200));
  }

  it('what is asked in this process, whatever it is called', async () => {
    const response = await sandbox.fetch(new Request('https://sandbox.shop.dev/_sandbox/state'));
    assert.equal(response.status, 200);
  });

  it('the name that the sandbox was told to listen on', async () => {
    const headers = new Headers({ host: 'sandbox.shop.dev:4400' });
    assert.equal(guardProblem(headers, 'Sandbox.Shop.dev'), null);
    assert.equal(guardProblem(headers, '0.0.0.0')?.code, 'host-refused');
  });
});

describe('the controls refuse', () => {
  for (const [who, headers] of [
    ['a page whose name was pointed here', { host: 'evil.shop.dev' }],
    ['the same where it writes', { host: 'evil.shop.dev', origin: 'http://evil.shop.dev' }],
    ['an image in another page', { 'sec-fetch-site': 'cross-site' }],
    ['another page of the same site', { 'sec-fetch-site': 'same-site' }],
    ['a name that only begins like ours', { host: '127.0.0.1.evil.dev' }],
  ] as const) {
    it(who, async () => assert.equal(await statusWith(headers), 403));
  }

  it('nobody who asks for anything else', async () => {
    assert.equal(await statusWith({ host: 'evil.shop.dev', 'sec-fetch-site': 'cross-site' }, '/'), 200);
  });
});
