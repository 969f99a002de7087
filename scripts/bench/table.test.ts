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

test('a ratio that was promised says whether it holds', () => {
  const row = { what: 'answer', beside: 'the exchange', floor: 100, unit: 'ms', atMost: 1.15 } as const;
  assert.match(table([{ ...row, ours: 115 }]), /1\.15 × \| ✓ 1\.15 /);
  assert.match(table([{ ...row, ours: 116 }]), /1\.16 × \| ✗ 1\.15 /);
});
