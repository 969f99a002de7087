import assert from 'node:assert/strict';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { findPostgres } from './postgres.ts';

const folder = mkdtempSync(join(tmpdir(), 'find-postgres-'));
const path = process.env.PATH;
after(() => {
  process.env.PATH = path;
  rmSync(folder, { recursive: true });
});

test('the programs on the path go first, and a link to one leads to both', {
  skip: process.platform === 'win32' && 'the stand-ins are shell scripts',
}, () => {
  const programs = join(folder, 'lib/99/bin');
  mkdirSync(programs, { recursive: true });
  for (const name of ['postgres', 'initdb']) {
    writeFileSync(join(programs, name), '#!/bin/sh\n');
    chmodSync(join(programs, name), 0o755);
  }
  const onPath = join(folder, 'bin');
  mkdirSync(onPath);
  symlinkSync(join(programs, 'postgres'), join(onPath, 'postgres'));
  process.env.PATH = onPath;
  assert.equal(findPostgres(), programs);
});
