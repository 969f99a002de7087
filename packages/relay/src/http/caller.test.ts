import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { Hono } from 'hono';
import { createSessions } from '../sessions.ts';
import { parseSettings } from '../settings/parse.ts';
import { createCallers } from './caller.ts';
import { createOrigins } from './origins.ts';

const keys = ['a-long-random-key', 'v1.the-one-before'];
const settings = parseSettings(
  {
    META_APP_ID: '1',
    META_APP_SECRET: 'secret',
    META_CONFIG_ID: '2',
    RELAY_ORIGINS: 'https://acme.example',
    RELAY_API_KEY: keys.join(),
  },
  () => '',
);
const sessions = await createSessions([{ id: 'k1', bytes: new Uint8Array(32).fill(1) }], Date.now);
const callers = await createCallers(settings, createOrigins(settings), sessions);
const door = new Hono().get('/', async (c) => c.text((await callers.of(c)).kind));

const kindOf = async (authorization: string): Promise<string> =>
  (await door.request('/', { headers: { authorization } })).text();

test('a key is a key in every way that the header may be written', async () => {
  for (const key of keys) {
    for (const scheme of ['Bearer', 'bearer', 'BEARER', 'Bearer ']) {
      assert.equal(await kindOf(`${scheme} ${key}`), 'backend');
    }
  }
});

for (const authorization of ['', 'Bearer', 'Bearer ', 'Basic YTpi', keys[0] ?? '', `Basic ${keys[0]}`]) {
  test(`"${authorization}" says nothing of who calls`, async () => {
    assert.equal(await kindOf(authorization), 'nobody');
  });
}

const printable = fc.string({
  unit: fc.integer({ min: 0x21, max: 0x7e }).map((c) => String.fromCharCode(c)),
  minLength: 1,
});
/** A key with something changed, which is nearer to a guess than any random text. */
const nearly = fc
  .tuple(fc.constantFrom(...keys), fc.nat(20), fc.nat(2), printable)
  .map(([key, at, cut, text]) => key.slice(0, at) + text + key.slice(at + cut));

test('nothing but a key is a key', async () => {
  await fc.assert(
    fc.asyncProperty(fc.oneof(printable, nearly), async (text) => {
      fc.pre(!keys.includes(text));
      assert.equal(await kindOf(`Bearer ${text}`), 'stranger');
    }),
    { numRuns: 300 },
  );
});
