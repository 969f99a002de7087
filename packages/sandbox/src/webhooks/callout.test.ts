import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { createLifetime } from '../lifetime.ts';
import { createCallout } from './callout.ts';
import { verifyCallback } from './verify.ts';

/** Answers never, and gives up when it is told to. */
const hang: typeof fetch = (_address, init) =>
  new Promise((_resolve, reject) => {
    const { signal } = init ?? {};
    // The signal alone keeps no process alive.
    const alive = setTimeout(() => {}, 60_000);
    signal?.addEventListener('abort', () => {
      clearTimeout(alive);
      reject(signal.reason);
    });
  });

describe('what calls out', () => {
  it('waits no longer than its patience, a verification too', async () => {
    const { fetch } = createCallout({ fetch: hang, patienceMs: 5 }, createLifetime());
    await assert.rejects(fetch('https://partner.example/'), { name: 'TimeoutError' });
    const callback = { url: 'https://partner.example/', verifyToken: 'v' };
    assert.match(
      (await verifyCallback(callback, { fetch, random: Math.random })) ?? '',
      /could not be reached/,
    );
  });

  it('ends with the caller’s own signal, and with the sandbox', async () => {
    const lifetime = createLifetime();
    const { fetch } = createCallout({ fetch: hang, patienceMs: 60_000 }, lifetime);
    const own = new AbortController();
    const calls = [
      fetch('https://partner.example/', { signal: own.signal }),
      fetch('https://partner.example/'),
    ];
    own.abort();
    await assert.rejects(calls[0] as Promise<Response>, { name: 'AbortError' });
    lifetime.end();
    await assert.rejects(calls[1] as Promise<Response>, { name: 'AbortError' });
  });
});
