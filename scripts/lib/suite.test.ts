import assert from 'node:assert/strict';
import { test } from 'node:test';
import { crashed, describeCounts, notEmpty } from './suite.ts';

test('the closing line names skips only where there are any', () => {
  assert.equal(describeCounts({ passed: 3, failed: 0, skipped: 0 }), '3 passed, 0 failed');
  assert.equal(describeCounts({ passed: 3, failed: 1, skipped: 2 }), '3 passed, 1 failed, 2 skipped');
});

test('a suite that ran nothing is a failure and says where to look', () => {
  const result = notEmpty({ passed: 0, failed: 0, skipped: 0, output: 'quiet' });
  assert.equal(result.failed, 1);
  assert.match(result.output, /quiet\nNo test ran/);
});

test('a suite that skipped everything on purpose is no failure', () => {
  assert.equal(notEmpty({ passed: 0, failed: 0, skipped: 2, output: '' }).failed, 0);
});

test('a crash is one failure', () => {
  assert.deepEqual(crashed('why'), { passed: 0, failed: 1, skipped: 0, output: 'why' });
});
