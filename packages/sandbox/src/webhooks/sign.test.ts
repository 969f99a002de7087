import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { describe, it } from 'node:test';
import { serialise, signatureHeaders, signatureKinds } from './sign.ts';

describe('the bytes of a delivery', () => {
  it('are escaped as Meta escapes them', () => {
    assert.equal(serialise({ name: 'Bäckerei ☕ 😀' }), '{"name":"B\\u00e4ckerei \\u2615 \\ud83d\\ude00"}');
    assert.equal(serialise({ 'a/b': 'https://x.test/"\n' }), '{"a\\/b":"https:\\/\\/x.test\\/\\"\\n"}');
  });

  it('say the same as before', () => {
    const value = { text: 'Ümläut / \u007f \u0080 \uffff \\/', list: [1, null] };
    assert.deepEqual(JSON.parse(serialise(value)), value);
  });
});

describe('the signature', () => {
  const body = '{"a":"\\u00e4"}';
  const expected = `sha256=${createHmac('sha256', 'secret').update(body).digest('hex')}`;

  it('is HMAC-SHA256 of exactly these bytes with the app secret, and the old SHA-1 beside it', () => {
    assert.deepEqual(signatureHeaders(body, 'secret', 'good'), {
      'x-hub-signature': `sha1=${createHmac('sha1', 'secret').update(body).digest('hex')}`,
      'x-hub-signature-256': expected,
    });
  });

  it('is right in no other kind', () => {
    for (const kind of signatureKinds.filter((kind) => kind !== 'good')) {
      assert.notEqual(signatureHeaders(body, 'secret', kind)['x-hub-signature-256'], expected, kind);
    }
    const { 'x-hub-signature-256': bad } = signatureHeaders(body, 'secret', 'bad');
    assert.match(bad ?? '', /^sha256=[0-9a-f]{64}$/);
    assert.deepEqual(Object.keys(signatureHeaders(body, 'secret', 'sha1-only')), ['x-hub-signature']);
    assert.deepEqual(signatureHeaders(body, 'secret', 'missing'), {});
  });
});
