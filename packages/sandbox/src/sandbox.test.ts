import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { createSandbox } from './sandbox.ts';

describe('createSandbox', () => {
  it('answers without a server', async () => {
    const sandbox = createSandbox();
    const response = await sandbox.fetch(new Request('https://sandbox.test/_sandbox/credentials'));
    assert.equal((await response.json()).graphUrl, 'https://sandbox.test');
    assert.throws(() => sandbox.url, /start\(\)/);
  });

  it('has its controls at hand, and says what is wrong with their input', async () => {
    const sandbox = createSandbox();
    assert.deepEqual(await sandbox.control('next', { outcome: 'deny' }), { queued: 1 });
    assert.deepEqual(await sandbox.control('journal'), []);
    await assert.rejects(
      sandbox.control('next', { outcome: 'explode' }),
      /"outcome" must be one of finish, /,
    );
    await assert.rejects(sandbox.control('nothing'), /No control at/);
  });

  it('tells a person who opens its address where things are', async () => {
    const response = await createSandbox().fetch(new Request('http://sandbox.test/'));
    assert.match(await response.text(), /\/_sandbox\/credentials/);
  });

  it('is the same every time with the same clock and numbers', async () => {
    const make = () => createSandbox({ now: () => 1_795_000_000_000, random: () => 0.4 });
    assert.deepEqual(make().issueCode(), make().issueCode());
    const state = await make().fetch(new Request('http://sandbox.test/_sandbox/state'));
    assert.equal((await state.json()).now, '2026-11-18T11:06:40.000Z');
  });

  it('starts where it is told, stops, and starts again', async () => {
    const sandbox = createSandbox({ host: '127.0.0.1' });
    const { url } = await sandbox.start();
    assert.equal(url, sandbox.url);
    await sandbox.stop();
    await assert.rejects(fetch(url), TypeError);
    const again = await sandbox.start();
    assert.equal((await fetch(`${again.url}/_sandbox/state`)).status, 200);
    await sandbox.stop();
  });
});
