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

  it('is none where there never was such a version', async () => {
    for (const version of ['v27.0', 'v99.0', 'v0.0', 'v2.80', 'v26.1']) {
      const { status, body } = await as(systemUserToken).get(`/${version}/me`);
      assert.deepEqual([status, body.error?.code], [400, 2500]);
      assert.equal(body.error?.message, `Unknown path components: /${version}/me`);
    }
    for (const version of ['v1.0', 'v2.12', 'v3.3', 'v19.0']) {
      assert.equal((await as(systemUserToken).get(`/${version}/me`)).status, 200);
    }
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
