import assert from 'node:assert/strict';
import { it } from 'node:test';
import { nestsTooDeep } from './json-depth.ts';

it('JSON nests too deep beyond 512 levels, and brackets in its texts are no level', () => {
  const nested = (levels: number) => `${'[{"a":'.repeat(levels / 2)}1${'}]'.repeat(levels / 2)}`;
  assert.equal(nestsTooDeep(nested(512)), false);
  assert.equal(nestsTooDeep(nested(514)), true);
  assert.equal(nestsTooDeep(JSON.stringify(Array.from({ length: 900 }, () => []))), false);
  assert.equal(nestsTooDeep(JSON.stringify({ text: `\\"${'['.repeat(900)}` })), false);
  assert.equal(nestsTooDeep(JSON.stringify(['\\', JSON.parse(nested(512))])), true);
});
