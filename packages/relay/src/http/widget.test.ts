import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { test } from 'node:test';
import { startHarness } from '../test/harness.ts';

test('the element’s script is for any page, and its pinned address carries its hash', async (t) => {
  const relay = await startHarness(t);
  const anyPage = { origin: 'https://anywhere.example' };
  const script = await relay.call<string>('GET', '/widget.js', { headers: anyPage });
  assert.equal(script.status, 200);
  assert.match(script.headers.get('content-type') ?? '', /^text\/javascript/);
  assert.equal(script.headers.get('access-control-allow-origin'), '*');
  assert.equal(script.headers.get('cross-origin-resource-policy'), 'cross-origin');
  assert.equal(script.headers.get('cross-origin-opener-policy'), null);

  const { body } = await relay.call<{ version: string; url: string; integrity: string }>(
    'GET',
    '/widget.json',
  );
  assert.equal(body.url, `${relay.relay.url}/widget/${body.version}/widget.js`);
  const pinned = await relay.call<string>('GET', new URL(body.url).pathname);
  assert.equal(pinned.body, script.body);
  assert.match(pinned.headers.get('cache-control') ?? '', /immutable/);
  const hash = createHash('sha384').update(pinned.body).digest('base64');
  assert.equal(body.integrity, `sha384-${hash}`);
});

test('a browser that has the script gets no second copy', async (t) => {
  const relay = await startHarness(t);
  const { headers } = await relay.call('GET', '/widget.js');
  const again = await relay.call('GET', '/widget.js', {
    headers: { 'if-none-match': headers.get('etag') ?? '' },
  });
  assert.equal(again.status, 304);
});
