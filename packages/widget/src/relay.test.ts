import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { SignupFailure } from './errors.ts';
import { createRelayClient, type RelayClient } from './relay.ts';
import { type Served, serveRelay } from './test/serve.ts';

let served: Served;
let relay: RelayClient;

before(async () => {
  served = await serveRelay();
  relay = createRelayClient({ base: served.base, insist: 1500 });
});
after(() => served.stop());

async function failureOf(answer: Promise<unknown>): Promise<SignupFailure['detail']> {
  const error: unknown = await answer.then(
    () => assert.fail('it did not fail'),
    (reason) => reason,
  );
  assert.ok(error instanceof SignupFailure);
  return error.detail;
}

describe('the relay client', () => {
  it('reads launch settings and gets a session', async () => {
    const settings = await relay.settings('ok-1');
    assert.equal(settings.flows.standard?.configId, '2');
    const { session } = await relay.session({ portal: 'ok-1', challenge: 'c', reference: 'me' });
    assert.equal(session, 'session of ok-1');
    assert.deepEqual((await served.seen('ok-1'))[1]?.body, {
      portal: 'ok-1',
      challenge: 'c',
      reference: 'me',
    });
  });

  it('turns a problem document into its code, words and next step', async () => {
    const { code, message, hint, retryable } = await failureOf(relay.settings('unknown-1'));
    assert.deepEqual(
      { code, message, hint, retryable },
      {
        code: 'portal-unknown',
        message: 'The relay says portal-unknown.',
        hint: 'Here is what to do.',
        retryable: false,
      },
    );
  });

  it('says relay-unreachable where nobody answers, or something that is no relay', async () => {
    assert.equal((await failureOf(relay.settings('down-1'))).code, 'relay-unreachable');
    const nobody = createRelayClient({ base: 'http://127.0.0.1:9' });
    assert.equal((await failureOf(nobody.settings('x'))).code, 'relay-unreachable');
  });

  it('brings a code again when the connection was lost, and once where it was refused', async () => {
    const onboarding = await relay.redeem('session of flaky-1', { code: 'c', verifier: 'v' });
    assert.equal(onboarding.portal, 'flaky-1');
    const posts = (await served.seen('flaky-1')).map(({ body }) => body);
    assert.deepEqual(posts, [
      { code: 'c', verifier: 'v' },
      { code: 'c', verifier: 'v' },
    ]);
    assert.equal((await failureOf(relay.redeem('session of used-1', { code: 'c' }))).code, 'code-used');
    assert.equal((await served.seen('used-1')).length, 1);
  });

  it('gives up on a relay that stays away', async () => {
    const nobody = createRelayClient({ base: 'http://127.0.0.1:9', insist: 400 });
    assert.equal((await failureOf(nobody.redeem('s', { code: 'c' }))).code, 'relay-unreachable');
  });
});
