import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import { runSuites } from './schedule.ts';
import type { Suite } from './suite.ts';

/** Suites that note who ran beside whom. */
function observed() {
  const active = new Set<string>();
  const together: string[] = [];
  const suite = (name: string, slots: 1 | 2, run?: Suite['run']): Suite => ({
    name,
    needsBuild: false,
    needsBrowser: false,
    slots,
    run:
      run ??
      (async () => {
        active.add(name);
        together.push([...active].sort().join('+'));
        await wait(5);
        active.delete(name);
        return { passed: 1, failed: 0, skipped: 0, output: '' };
      }),
  });
  return { suite, together };
}

test('small suites run two at a time, a large one alone', async () => {
  const { suite, together } = observed();
  const total = await runSuites([suite('a', 1), suite('b', 1), suite('c', 2), suite('d', 1)], () => {});
  assert.deepEqual(together, ['a', 'a+b', 'c', 'd']);
  assert.deepEqual(total, { passed: 4, failed: 0, skipped: 0 });
});

test('a suite that throws is one failure and stops no other', async () => {
  const { suite } = observed();
  const outputs: string[] = [];
  const broken = suite('broken', 1, async () => {
    throw new Error('the runner is gone');
  });
  const total = await runSuites([broken, suite('b', 1)], (_, result) => outputs.push(result.output));
  assert.deepEqual(total, { passed: 1, failed: 1, skipped: 0 });
  assert.match(outputs[0] ?? '', /the runner is gone/);
});
