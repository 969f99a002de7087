import assert from 'node:assert/strict';
import { test } from 'node:test';
import { equalBytes, equalText, fromBase64Url, sha256, toHex } from './encoding.ts';

test('texts are equal or not, whatever their length', async () => {
  for (const [a, b, equal] of [
    ['', '', true],
    ['abc', 'abc', true],
    ['abc', 'abd', false],
    ['abc', 'Abc', false],
    ['abc', 'abcd', false],
    ['abcd', 'abc', false],
    ['abc', '', false],
    ['', 'abc', false],
    ['\u00e9', 'e\u0301', false],
  ] as const) {
    assert.equal(await equalText(a, b), equal, `${a} and ${b}`);
  }
});

test('digests differ by any single bit, and by their length', async () => {
  const digest = await sha256('abc');
  assert.ok(equalBytes(digest, Uint8Array.from(digest)));
  for (let at = 0; at < digest.length; at++) {
    const other = Uint8Array.from(digest);
    other[at] = (other[at] ?? 0) ^ 1;
    assert.ok(!equalBytes(digest, other), `byte ${at}`);
  }
  assert.ok(!equalBytes(digest, digest.subarray(0, 31)));
  assert.ok(!equalBytes(digest.subarray(0, 31), digest));
  assert.ok(!equalBytes(digest, new Uint8Array()));
});

test('a digest of a text is that of its bytes', async () => {
  // NIST FIPS 180-2, appendix B.1
  const known = 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad';
  assert.equal(toHex(await sha256('abc')), known);
  assert.equal(toHex(await sha256(new Uint8Array([97, 98, 99]))), known);
});

test('what is not base64url is none', () => {
  for (const text of ['a+b', 'a/b', 'YQ==', ' YQ', 'é']) assert.equal(fromBase64Url(text), null);
});
