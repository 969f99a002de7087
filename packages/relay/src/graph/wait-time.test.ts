import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { createSecret } from '../secret.ts';
import { createBreaker } from './breaker.ts';
import { createGraph } from './client.ts';
import { GraphError } from './error.ts';
import { dayMs, hourMs, minuteMs } from './table/row.ts';
import { waitIn, waitOf } from './wait-time.ts';

const now = Date.parse('2026-11-20T12:00:00Z');
const wait = (headers: Record<string, string>): number | undefined => waitOf(new Headers(headers), now);
const business = (...minutes: unknown[]): string =>
  JSON.stringify(
    Object.fromEntries(
      minutes.map((estimated_time_to_regain_access, id) => [id, [{ estimated_time_to_regain_access }]]),
    ),
  );

const headers: readonly [string, Record<string, string>, number | undefined][] = [
  ['nothing', {}, undefined],
  ['seconds', { 'retry-after': '120' }, 2 * minuteMs],
  ['a date', { 'retry-after': 'Fri, 20 Nov 2026 12:03:00 GMT' }, 3 * minuteMs],
  ['a date that is over', { 'retry-after': 'Fri, 20 Nov 2026 11:03:00 GMT' }, undefined],
  ['no time at all', { 'retry-after': 'soon' }, undefined],
  ['minutes of a business use case', { 'x-business-use-case-usage': business(7) }, 7 * minuteMs],
  [
    'the longest of several',
    { 'x-business-use-case-usage': business(7, 19, 0), 'retry-after': '5' },
    19 * minuteMs,
  ],
  ['a use case that is not used up', { 'x-business-use-case-usage': business(0) }, undefined],
  ['JSON of another shape', { 'x-business-use-case-usage': '{"1":{"a":2},"2":[null,"x",{}]}' }, undefined],
  ['no JSON', { 'x-business-use-case-usage': '<html>', 'x-app-usage': '[' }, undefined],
  ['an app that has calls left', { 'x-app-usage': '{"call_count":100,"total_time":3}' }, undefined],
  ['an app that has used twice its calls', { 'x-app-usage': '{"call_count":200}' }, hourMs / 2],
  ['beyond reason', { 'retry-after': '999999999' }, 7 * dayMs],
];

for (const [what, given, ms] of headers) {
  test(`headers: ${what}`, () => assert.equal(wait(given), ms));
}

const sentences: readonly [unknown, number | undefined][] = [
  [{ details: 'Too many guesses. Try again in 43198 seconds.' }, 43_198_000],
  [{ details: 'Try again in 5 minutes.' }, 5 * minuteMs],
  [{ details: 'Try again after 72 hours.' }, 72 * hourMs],
  [{ details: 'Wait 1 hour, 30 mins' }, hourMs],
  ['in 2 days', 2 * dayMs],
  [{ details: 'Two-step verification PIN incorrect.' }, undefined],
  [{ details: 'code must be 6 digits' }, undefined],
  [{ details: 17 }, undefined],
  [null, undefined],
];

for (const [data, ms] of sentences) {
  test(`words: ${JSON.stringify(data)}`, () => assert.equal(waitIn(data), ms));
}

test('whatever stands there, it is a time ahead or none', () => {
  fc.assert(
    fc.property(fc.json(), fc.string(), (json, text) => {
      const headers = new Headers({ 'x-business-use-case-usage': json, 'x-app-usage': json });
      for (const ms of [waitOf(headers, now), waitIn(text), waitIn(json)])
        assert.ok(ms === undefined || (ms > 0 && ms <= 7 * dayMs));
    }),
  );
});

test('a call that Meta refuses says how long to wait', async () => {
  const graph = createGraph({
    fetch: async () =>
      Response.json(
        { error: { code: 80008 } },
        { status: 403, headers: { 'x-business-use-case-usage': business(12) } },
      ),
    url: 'https://graph.test',
    version: 'v26.0',
    appSecret: createSecret('secret'),
    now: () => now,
    breaker: createBreaker({ now: () => now }),
  });
  const cause: unknown = await graph({ method: 'GET', path: '/1' }).catch((error) => error);
  assert.ok(cause instanceof GraphError);
  assert.equal(cause.failure.waitMs, 12 * minuteMs);
});
