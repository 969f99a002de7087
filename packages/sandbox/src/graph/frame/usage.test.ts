import assert from 'node:assert/strict';
import { beforeEach, describe, it } from 'node:test';
import { createGraphWorld } from '../../test/graph-world.ts';

const { world, as, connect, ownApp, systemUserToken, appToken } = createGraphWorld();
const minuteMs = 60_000;

beforeEach(() => world.reset());

function usageOf(headers: Headers, id: string) {
  const [usage] = JSON.parse(headers.get('x-business-use-case-usage') ?? '{}')[id] ?? [];
  return usage as { type: string; call_count: number; estimated_time_to_regain_access: number } | undefined;
}

const appUsage = (headers: Headers): unknown => JSON.parse(headers.get('x-app-usage') ?? 'null');

describe('an account', () => {
  it('takes 200 calls an hour of an app before a number is registered, and says how long to wait', async () => {
    const { token, wabaId } = await connect();
    const read = () => as(token).get(`/v26.0/${wabaId}/phone_numbers?fields=id`);
    for (let call = 1; call <= 100; call++) await read();
    await world.clock.advance(20 * minuteMs);
    for (let call = 101; call < 200; call++) await read();
    const last = await read();
    assert.equal(last.status, 200);
    assert.equal(usageOf(last.headers, wabaId)?.call_count, 100);
    const over = await read();
    assert.deepEqual([over.status, over.body.error?.code], [403, 80008]);
    assert.deepEqual(usageOf(over.headers, wabaId), {
      type: 'whatsapp_business_management',
      call_count: 100,
      total_cputime: 0,
      total_time: 0,
      estimated_time_to_regain_access: 40,
    });
    assert.equal((await as(systemUserToken).get(`/${wabaId}`)).body.error?.code, 80008, 'whoever asks');
    const other = await connect();
    assert.equal((await as(other.token).get(`/${other.wabaId}`)).status, 200);
    await world.clock.advance(40 * minuteMs);
    const again = await read();
    assert.equal(again.status, 200);
    assert.equal(usageOf(again.headers, wabaId)?.call_count, 51, 'the first hundred are an hour ago');
  });

  it('takes 5,000 once a number is registered', async () => {
    const { token, wabaId } = await connect({ details: { registered: true } });
    const read = () => as(token).get(`/${wabaId}?fields=id`);
    for (let call = 1; call < 5_000; call++) await read();
    assert.equal((await read()).status, 200);
    assert.equal((await read()).body.error?.code, 80008);
  });
});

describe('an app', () => {
  it('has 200 calls an hour for each who uses it on a day', async () => {
    ownApp().dailyUsers = 2;
    const me = () => as(systemUserToken).get('/me');
    for (let call = 0; call < 199; call++) await me();
    const half = await as(appToken).get('/debug_token?input_token=1');
    assert.deepEqual(appUsage(half.headers), { call_count: 50, total_cputime: 0, total_time: 0 });
    for (let call = 200; call < 400; call++) await me();
    const over = await me();
    assert.deepEqual([over.status, over.body.error?.code], [403, 4]);
    assert.deepEqual(appUsage(over.headers), { call_count: 100, total_cputime: 0, total_time: 0 });
    await world.clock.advance(60 * minuteMs);
    assert.equal((await me()).status, 200);
  });

  it('does not pay for what is counted on an account', async () => {
    const { token, wabaId } = await connect();
    ownApp().dailyUsers = 1;
    for (let call = 0; call < 50; call++) await as(token).get(`/${wabaId}?fields=id`);
    const { headers } = await as(token).get(`/${wabaId}?fields=id`);
    assert.deepEqual(appUsage(headers), { call_count: 0, total_cputime: 0, total_time: 0 });
  });
});
