import assert from 'node:assert/strict';
import { beforeEach, describe, it } from 'node:test';
import { createGraphWorld } from '../../test/graph-world.ts';

const { world, as, send, systemUserToken } = createGraphWorld();

beforeEach(() => world.reset());

const served = async (path: string) =>
  (await as(systemUserToken).get(path)).headers.get('facebook-api-version');

describe('the version that answers', () => {
  it('is the one that was asked for, while it lives', async () => {
    assert.equal(await served('/v21.0/me'), 'v21.0');
    assert.equal(await served('/v26.0/me'), 'v26.0');
  });

  it('is the oldest that lives for one that ended, and without any', async () => {
    assert.equal(await served('/v20.0/me'), 'v21.0');
    assert.equal(await served('/v2.10/me'), 'v21.0');
    assert.equal(await served('/me'), 'v21.0');
  });

  it('moves on with the sandbox’s time', async () => {
    await world.clock.advance(Date.UTC(2027, 0, 21) - world.clock.now());
    assert.equal(await served('/v21.0/me'), 'v22.0');
    await world.clock.advance(Date.UTC(2029, 0, 1) - world.clock.now());
    assert.equal(await served('/v21.0/me'), 'v26.0');
  });

  it('is named in refusals too', async () => {
    const { status, headers } = await send('/v24.0/me');
    assert.deepEqual([status, headers.get('facebook-api-version')], [401, 'v24.0']);
  });
});
