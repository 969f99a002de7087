import assert from 'node:assert/strict';
import { test } from 'node:test';
import { median, table } from './table.ts';

test('the median of odd and even counts', () => {
  assert.equal(median([5, 1, 9]), 5);
  assert.equal(median([4, 1, 9, 6]), 5);
  assert.equal(median([7]), 7);
  assert.throws(() => median([]), RangeError);
});

test('a row shows both figures and their ratio', () => {
  const text = table([{ what: 'size', ours: 9000, beside: 'a bare button', floor: 6000, unit: 'B gzip' }]);
  assert.match(text, /\| size \| 9000 B gzip \| a bare button \| 6000 B gzip \| 1\.50 × \|/);
});
