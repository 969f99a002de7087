import assert from 'node:assert/strict';
import { test } from 'node:test';
import { exec } from './lib/exec.ts';
import { inRoot } from './lib/root.ts';

test('a filter that fits no suite fails, and the last line still counts', async () => {
  const { ok, output } = await exec('node', [inRoot('scripts/test.ts'), 'no such suite']);
  assert.equal(ok, false);
  assert.equal(output.trimEnd().split('\n').at(-1), '0 passed, 1 failed');
  assert.match(output, /There are: lint, types/);
});

test('a filter runs the suites that it names and no build they do not need', async () => {
  const { output } = await exec('node', [inRoot('scripts/test.ts'), 'lint']);
  assert.match(output, /^[✓✗] lint /m);
  assert.match(output, /\n[01] passed, [01] failed\n$/);
  assert.doesNotMatch(output, /^[✓✗] build /m);
});
