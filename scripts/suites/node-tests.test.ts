import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { nodeTests } from './node-tests.ts';

const folder = mkdtempSync(join(tmpdir(), 'node-tests-'));
after(() => rmSync(folder, { recursive: true }));

async function counts(name: string, source: string) {
  writeFileSync(join(folder, `${name}.test.mjs`), `import { describe, test } from 'node:test';\n${source}`);
  const suite = nodeTests({ name: `probe ${name}`, folder: folder, pattern: `${name}.test.mjs` });
  const { passed, failed, skipped } = await suite.run();
  return { passed, failed, skipped };
}

test('counts tests and not their groups', async () => {
  const source = `describe('group', () => { test('a', () => {}); test('b', { skip: true }, () => {}); });
    test('c', () => { throw new Error('no'); });`;
  assert.deepEqual(await counts('mixed', source), { passed: 1, failed: 1, skipped: 1 });
});

test('says why tests were skipped', async () => {
  writeFileSync(
    join(folder, 'skips.test.mjs'),
    `import { describe, test } from 'node:test'; test('a', { skip: 'no reed' });
     describe('b', { skip: 'no reed' }, () => { test('c', () => {}); });`,
  );
  const { notice, skipped } = await nodeTests({
    name: 'probe skips',
    folder,
    pattern: 'skips.test.mjs',
  }).run();
  assert.deepEqual([notice, skipped], ['no reed', 2]);
});

test('files that run together keep their hooks to themselves', async () => {
  for (const name of ['one', 'two']) {
    writeFileSync(
      join(folder, `${name}.together.mjs`),
      `import assert from 'node:assert'; import { beforeEach, test } from 'node:test';
       let calls = 0; beforeEach(() => { calls += 1; }); test('${name}', () => assert.equal(calls, 1));
       test('${name} again', () => assert.equal(calls, ${name === 'one' ? 2 : 3}));`,
    );
  }
  const suite = nodeTests({ name: 'probe together', folder, pattern: '*.together.mjs', processes: 1 });
  const { passed, failed } = await suite.run();
  assert.deepEqual([passed, failed], [3, 1]);
});

test('a file without tests fails', async () => {
  assert.deepEqual(await counts('empty', ''), { passed: 0, failed: 1, skipped: 0 });
});

test('a file that does not load fails', async () => {
  assert.deepEqual(await counts('broken', 'this is no script'), { passed: 0, failed: 1, skipped: 0 });
});

test('a group whose hook throws fails', async () => {
  const source = `import { before } from 'node:test';
    describe('group', () => { before(() => { throw new Error('no'); }); test('a', () => {}); });`;
  const { passed, failed } = await counts('hook', source);
  assert.equal(passed, 0);
  assert.ok(failed >= 1);
});

test('no file at all fails', async () => {
  const suite = nodeTests({ name: 'probe nothing', folder: folder, pattern: 'nothing-here-*.mjs' });
  const { failed, output } = await suite.run();
  assert.equal(failed, 1);
  assert.match(output, /No test ran/);
});
