import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { errorDetail, relayErrorCodes, signupErrors } from './errors.ts';

describe('the error table', () => {
  it('gives each code a sentence, a next step and documentation', () => {
    for (const code of [...Object.keys(signupErrors), ...relayErrorCodes]) {
      const { message, hint, docs, retryable } = errorDetail(code);
      assert.match(code, /^[a-z]+(-[a-z]+)*$/);
      assert.match(message, /^[A-Z].*\.$/);
      assert.match(hint, /^[A-Z].*\.$/);
      assert.match(docs, /^https:/);
      assert.equal(typeof retryable, 'boolean');
    }
  });

  it('passes the relay’s words on, with general ones where they are missing', () => {
    const given = errorDetail('made-up', {
      message: 'It rained.',
      hint: 'Take an umbrella.',
      retryable: false,
    });
    assert.deepEqual([given.code, given.message, given.hint], ['made-up', 'It rained.', 'Take an umbrella.']);
    assert.equal(errorDetail('made-up').message, signupErrors['onboarding-failed'][0]);
    assert.equal(errorDetail('toString').message, signupErrors['onboarding-failed'][0]);
  });
});
