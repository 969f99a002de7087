import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Portal } from '../settings/settings.ts';
import { openStore } from '../store/store.ts';
import { databases } from '../test/databases.ts';
import { releaseShare, reserveShare } from './reserve.ts';

const HOUR_MS = 60 * 60 * 1000;
const credit: Portal['credit'] = { mode: 'auto', lineId: '9', currency: 'USD', dailyCap: 1 };
const portal = { name: 'acme', credit } as Portal;

for (const { name, skip, create } of databases) {
  test(`${name}: places that were taken and not used let nobody past the cap later`, { skip }, async (t) => {
    const store = await openStore(await create(t));
    t.after(() => store.destroy());
    const reserve = (wabaId: string, time: number) =>
      reserveShare(store, portal, { wabaId, onboardingId: null, actor: 'relay' }, time);
    // Meta answers nobody on three days: each day's place is taken, and nobody knows whether it was used.
    for (const day of [0, 1, 2]) {
      assert.equal((await reserve(`${day}`, day * 25 * HOUR_MS)).kind, 'reserved');
    }
    const now = 60 * HOUR_MS;
    assert.deepEqual(await reserve('0', now), { kind: 'cap', retryAt: 74 * HOUR_MS });
    // The one that is within its day is still there for its account, from now on.
    assert.equal((await reserve('2', now)).kind, 'reserved');
    assert.deepEqual(await reserve('1', now), { kind: 'cap', retryAt: now + 24 * HOUR_MS });
    await releaseShare(store, 'acme', '2');
    assert.equal((await reserve('1', now)).kind, 'reserved');
  });
}
