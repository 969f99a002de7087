import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { judge } from './budget.ts';

const folder = mkdtempSync(join(tmpdir(), 'budget-'));
after(() => rmSync(folder, { recursive: true }));
// Random bytes do not compress, so the file weighs a little over 1000 B.
writeFileSync(join(folder, 'file.js'), randomBytes(1000));

test('a file within its budget is fine, and its share is shown', () => {
  const [verdict] = judge(folder, { 'file.js': 2_100 });
  assert.equal(verdict?.ok, true);
  assert.match(verdict?.line ?? '', /^file\.js: 10\d\d B gzip \(49 % of 2100 B\), 10\d\d B brotli$/);
});

test('one byte too many is told', () => {
  const weight = Number(/(\d+) B gzip/.exec(judge(folder, { 'file.js': 1 })[0]?.line ?? '')?.[1]);
  assert.equal(judge(folder, { 'file.js': weight })[0]?.ok, true);
  const [over] = judge(folder, { 'file.js': weight - 1 });
  assert.equal(over?.ok, false);
  assert.match(over?.line ?? '', /1 B too many/);
});

test('a file that was not built does not pass', () => {
  assert.equal(judge(folder, { 'gone.js': 1_000 })[0]?.ok, false);
});
