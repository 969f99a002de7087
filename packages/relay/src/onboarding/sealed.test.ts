import assert from 'node:assert/strict';
import { test } from 'node:test';
import { connect, key, startSite } from '../test/customers.ts';
import { storeOf } from '../test/rows.ts';
import { fault, graphCalls } from '../test/sandbox.ts';

test('two customers’ sealed tokens that change places open for neither, and nothing is sent with them', async (t) => {
  const relay = await startSite(t);
  const store = await storeOf(t, relay);
  await fault(relay.sandbox, { match: { path: '*/register' }, kind: 'graph-error', code: 133015, times: 2 });
  const one = await connect(relay, { reference: 'one' });
  await one.rested();
  const two = await connect(relay, { reference: 'two' });
  await two.rested();
  const sealed = await store.selectFrom('credential').select(['onboarding_id', 'sealed']).execute();
  assert.equal(sealed.length, 2);
  for (const { onboarding_id, sealed: own } of sealed) {
    const id = onboarding_id === one.id ? two.id : one.id;
    await store.updateTable('credential').set({ sealed: own }).where('onboarding_id', '=', id).execute();
  }
  const before = (await graphCalls(relay.sandbox)).length;
  for (const { id, rested } of [one, two]) {
    assert.equal((await relay.call('POST', `/v1/onboardings/${id}/resume`, { key })).status, 202);
    const { status, error } = await rested();
    assert.deepEqual([status, error?.code], ['failed', 'sealed-value-unreadable']);
    assert.match(error?.hint ?? '', /RELAY_KEY/);
  }
  assert.equal((await graphCalls(relay.sandbox)).length, before);
});

test('a PIN that cannot be opened is never made anew for the number', async (t) => {
  const relay = await startSite(t);
  const store = await storeOf(t, relay);
  await fault(relay.sandbox, { match: { path: '*/register' }, kind: 'graph-error', code: 133015, times: 1 });
  const { id, rested } = await connect(relay);
  await rested();
  await store.updateTable('pin').set({ sealed: 's1.dev.AAAA.AAAA' }).execute();
  await relay.call('POST', `/v1/onboardings/${id}/resume`, { key });
  assert.deepEqual((await rested()).error?.code, 'sealed-value-unreadable');
  const pins = await store.selectFrom('pin').select('sealed').execute();
  assert.deepEqual(
    pins.map(({ sealed }) => sealed),
    ['s1.dev.AAAA.AAAA'],
  );
});
