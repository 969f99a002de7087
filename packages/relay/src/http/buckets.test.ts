import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createBuckets } from './buckets.ts';

const rate = { perSecond: 20, burst: 40 };

test('a steady caller within its rate is never refused', () => {
  let time = 0;
  const buckets = createBuckets(rate, () => time);
  for (let call = 0; call < 2000; call++) {
    assert.equal(buckets.take('a'), 0);
    time += 50;
  }
});

test('a burst is taken, then it is told when to come again, and that is true', () => {
  let time = 0;
  const buckets = createBuckets(rate, () => time);
  for (let call = 0; call < rate.burst; call++) assert.equal(buckets.take('a'), 0);
  const wait = buckets.take('a');
  assert.equal(wait, 50);
  time += wait - 1;
  assert.ok(buckets.take('a') > 0);
  time += 1;
  assert.equal(buckets.take('a'), 0);
  assert.equal(buckets.take('b'), 0, 'another has its own');
});

test('however many come, only so many are kept: those that were quiet for longest go', () => {
  const buckets = createBuckets({ perSecond: 1, burst: 1 }, () => 0, 100);
  buckets.take('busy');
  for (let caller = 0; caller < 100_000; caller++) {
    buckets.take(`forged-${caller}`);
    assert.ok(buckets.take('busy') > 0, 'one that calls again and again is not forgotten');
  }
  assert.equal(buckets.size, 100);
});
