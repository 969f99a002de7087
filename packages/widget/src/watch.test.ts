import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { createRelayClient } from './relay.ts';
import { type Served, serveRelay } from './test/serve.ts';
import { watchOnboarding } from './watch.ts';

/** Watches a portal's onboarding to its end; `during` may take the relay away meanwhile. */
async function watch(served: Served, portal: string, during?: (revision: number) => void): Promise<number[]> {
  const relay = createRelayClient({ base: served.base });
  const session = `session of ${portal}`;
  const { id } = await relay.redeem(session, { code: 'c' });
  const stop = new AbortController();
  const revisions: number[] = [];
  await watchOnboarding({
    relay,
    session,
    id,
    signal: stop.signal,
    pause: 20,
    patience: 60,
    silence: 200,
    onLost: (error) => assert.fail(error.code),
    onOnboarding({ revision, status }) {
      revisions.push(revision);
      during?.(revision);
      if (status === 'completed') stop.abort();
    },
  });
  return revisions;
}

describe('watching an onboarding', () => {
  it('gives each state as the stream brings it', async () => {
    const served = await serveRelay();
    const revisions = await watch(served, 'ok-1');
    assert.deepEqual(revisions, [...new Set(revisions)]);
    assert.equal(revisions.at(-1), 10);
    await served.stop();
  });

  it('asks by GET where the stream brings nothing', async () => {
    const served = await serveRelay();
    assert.equal((await watch(served, 'held-1')).at(-1), 10);
    const asked = (await served.seen('held-1')).filter(({ path }) => !path.endsWith('/events'));
    assert.ok(asked.length > 5);
    await served.stop();
  });

  it('waits for a relay that goes away and comes back', async () => {
    let served = await serveRelay();
    const port = Number(new URL(served.base).port);
    let away = false;
    const revisions = await watch(served, 'ok-2', async (revision) => {
      if (revision !== 4 || away) return;
      away = true;
      await served.stop();
      await new Promise((resolve) => setTimeout(resolve, 300));
      served = await serveRelay(port);
      // Kept in the real relay's store.
      await createRelayClient({ base: served.base }).redeem('session of ok-2', { code: 'c' });
    });
    assert.equal(revisions.at(-1), 10);
    await served.stop();
  });

  it('says so where the relay knows it no more, and stops', async () => {
    const served = await serveRelay();
    const lost = await new Promise<string>((resolve) => {
      void watchOnboarding({
        relay: createRelayClient({ base: served.base }),
        session: 'session of gone-1',
        id: 'onb_gone',
        signal: new AbortController().signal,
        onOnboarding: () => assert.fail('there is none'),
        onLost: ({ code }) => resolve(code),
      });
    });
    assert.equal(lost, 'onboarding-unknown');
    await served.stop();
  });

  it('leaves nothing behind when it is stopped', async () => {
    const served = await serveRelay();
    const stop = new AbortController();
    const relay = createRelayClient({ base: 'http://127.0.0.1:9' });
    const over = watchOnboarding({
      relay,
      session: 's',
      id: 'o',
      signal: stop.signal,
      onOnboarding: () => assert.fail('nobody answers'),
      onLost: () => assert.fail('it waits'),
    });
    setTimeout(() => stop.abort(), 30);
    await over;
    await served.stop();
  });
});
