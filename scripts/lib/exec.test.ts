import assert from 'node:assert/strict';
import { once } from 'node:events';
import { connect } from 'node:net';
import { test } from 'node:test';
import { exec } from './exec.ts';

const node = process.execPath;

test('gives the exit code and both streams', async () => {
  const fine = await exec(node, ['-e', 'console.log("out"); console.error("err")']);
  assert.equal(fine.ok, true);
  assert.match(fine.output, /out/);
  assert.match(fine.output, /err/);
  assert.equal((await exec(node, ['-e', 'process.exit(3)'])).ok, false);
});

test('a command that is not there is a result, not an exception', async () => {
  const { ok, output } = await exec('no-such-command-here', []);
  assert.equal(ok, false);
  assert.match(output, /did not start/);
});

test('a child that hangs is ended with everything it started', async () => {
  const grandchild = `require('node:net').createServer().listen(0, '127.0.0.1', function () {
    console.log('port=' + this.address().port); });`;
  const child = `require('node:child_process').spawn(process.execPath, ['-e', ${JSON.stringify(grandchild)}],
    { stdio: 'inherit' });`;
  const { ok, output } = await exec(node, ['-e', child], { timeoutMs: 1_000 });
  assert.equal(ok, false);
  assert.match(output, /ended after 1 s/);
  const port = Number(/port=(\d+)/.exec(output)?.[1]);
  const [error] = await once(connect(port, '127.0.0.1'), 'error');
  assert.equal(error.code, 'ECONNREFUSED');
});
