import assert from 'node:assert/strict';
import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import type { SessionGrant } from 'whatsapp-embedded-signup/protocol';
import { sha256, toBase64Url } from './encoding.ts';
import { startFakeGraph } from './test/fake-graph.ts';
import { runCli, startRelayProcess } from './test/process.ts';

const env = {
  META_APP_ID: '1',
  META_APP_SECRET: 'secret',
  META_CONFIG_ID: '2',
  RELAY_ORIGINS: 'https://acme.example',
  DATABASE_URL: `file:${join(tmpdir(), `relay-cli-${process.pid}`, 'relay.db')}`,
};

test('wrong settings are all listed, the exit code is 78 and nothing is started', async () => {
  const { code, output } = await runCli([], { META_APP_ID: 'x' });
  assert.equal(code, 78);
  for (const name of ['META_APP_ID', 'META_APP_SECRET', 'META_CONFIG_ID', 'RELAY_ORIGINS']) {
    assert.match(output, new RegExp(name));
  }
});

test('a taken port is named, with what to do', async (t) => {
  const other = createServer();
  await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
  t.after(() => other.close());
  const address = other.address();
  assert.ok(address && typeof address === 'object');
  const { code, output } = await runCli([], { ...env, PORT: String(address.port) });
  assert.equal(code, 1);
  assert.match(output, new RegExp(`port ${address.port} .* taken .* PORT`));
});

test('every file that it makes is for its owner alone, in a folder that was there', async (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'relay-cli-'));
  chmodSync(folder, 0o755);
  const relay = await startRelayProcess({
    ...env,
    PORT: '0',
    DATABASE_URL: `file:${join(folder, 'relay.db')}`,
  });
  t.after(async () => {
    await relay.kill();
    rmSync(folder, { recursive: true });
  });
  const open = readdirSync(folder).filter((name) => statSync(join(folder, name)).mode & 0o077);
  assert.deepEqual(open, []);
  assert.ok(readdirSync(folder).includes('relay.engine.db-wal'));
});

test('it goes on where nobody reads its log any more', async (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'relay-cli-'));
  const graph = await startFakeGraph(t);
  const relay = await startRelayProcess({
    ...env,
    ...graph.env,
    PORT: '0',
    DATABASE_URL: `file:${join(folder, 'relay.db')}`,
  });
  t.after(async () => {
    await relay.kill();
    rmSync(folder, { recursive: true });
  });
  relay.stopReading();
  const post = (path: string, body: unknown, headers = {}) =>
    fetch(`${relay.url}${path}`, {
      method: 'POST',
      headers: { origin: 'https://acme.example', 'content-type': 'application/json', ...headers },
      body: JSON.stringify(body),
    });
  for (const code of ['first', 'second', 'third']) {
    const verifier = 'v'.repeat(43);
    const challenge = toBase64Url(await sha256(verifier));
    const granted = await post('/v1/sessions', { portal: 'default', challenge });
    const { session } = (await granted.json()) as SessionGrant;
    // Each exchange writes a line.
    const redeemed = await post(
      '/v1/onboardings',
      { code, verifier, event: 'FINISH' },
      { authorization: `Bearer ${session}` },
    );
    assert.equal(redeemed.status, 202);
  }
});

test('an unknown command shows the usage', async () => {
  const { code, output } = await runCli(['frobnicate'], env);
  assert.equal(code, 64);
  assert.match(output, /Usage/);
});

test('the check for node:sqlite comes before anything is loaded', () => {
  // An older Node fails while it links static imports, so there may be none in this file.
  const source = readFileSync(new URL('./cli.ts', import.meta.url), 'utf8');
  assert.ok(!/^import /m.test(source));
});
