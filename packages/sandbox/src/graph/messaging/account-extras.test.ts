import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { createSandbox } from '../../sandbox.ts';
import { createClient } from '../../test/client.ts';

const sandbox = createSandbox();
const { as, connect, control } = createClient(sandbox);

before(() => sandbox.start());
after(() => sandbox.stop());

describe('the activities of an account', () => {
  it('tell what happened to it, the newest first', async () => {
    const { token, wabaId, phoneNumberId } = await connect();
    await control('POST', '/clock', { advanceMs: 60_000 });
    await as(token).post(`/v26.0/${phoneNumberId}/register`, {
      messaging_product: 'whatsapp',
      pin: '123456',
    });
    const types = async (query = '') =>
      (
        (await as(token).get(`/v26.0/${wabaId}/activities${query}`)).body.data as { activity_type: string }[]
      ).map((line) => line.activity_type);
    assert.deepEqual((await types()).at(-1), 'API_ACCESS_GRANTED');
    assert.ok((await types()).includes('ACCOUNT_UPDATED'));
    assert.deepEqual(await types('?activity_type=API_ACCESS_GRANTED'), ['API_ACCESS_GRANTED']);
    const now = new Date(String(((await control('GET', '/state')).body as { now: string }).now)).getTime();
    const since = Math.floor(now / 1000) - 30;
    assert.ok(!(await types(`?since=${since}`)).includes('API_ACCESS_GRANTED'));
    assert.deepEqual(await types(`?until=${since}`), ['API_ACCESS_GRANTED']);
    const { body } = await as(token).get(`/v26.0/${wabaId}/activities?since=yesteryear`);
    assert.equal(body.error?.code, 100);
  });

  it('begin anew with the sandbox', async () => {
    await control('POST', '/reset');
    const { token, wabaId } = await connect();
    const { data } = (await as(token).get(`/v26.0/${wabaId}/activities`)).body;
    assert.equal((data as object[]).length, 1);
  });
});

describe('schedules', () => {
  const hours = {
    name: 'Opening hours',
    schedule_type: 'BUSINESS_HOURS',
    start_time: '09:00',
    end_time: '17:00',
    days_of_week: ['MONDAY', 'FRIDAY'],
  };

  it('are kept, filtered and sorted', async () => {
    const { token, wabaId } = await connect();
    const { get, send } = as(token);
    const path = `/v26.0/${wabaId}/schedules`;
    const { id } = (await send('POST', path, hours)).body;
    await send('POST', path, { ...hours, name: 'Holidays', schedule_type: 'CUSTOM', is_active: false });
    const names = async (query: string) =>
      ((await get(`${path}?fields=name${query}`)).body.data as { name: string }[]).map(({ name }) => name);
    assert.deepEqual(await names('&sort=created_time.desc'), ['Holidays', 'Opening hours']);
    const filter = '[{"field":"status","operator":"EQUAL","value":"ACTIVE"}]';
    assert.deepEqual(await names(`&filtering=${encodeURIComponent(filter)}`), ['Opening hours']);
    const [first] = (await get(path)).body.data as Record<string, unknown>[];
    assert.deepEqual([first?.id, first?.days_of_week, first?.timezone], [id, ['MONDAY', 'FRIDAY'], 'UTC']);
  });

  it('need a time that is one', async () => {
    const { token, wabaId } = await connect();
    const { body } = await as(token).send('POST', `/v26.0/${wabaId}/schedules`, {
      ...hours,
      end_time: '25:00',
    });
    assert.equal(body.error?.message, '(#100) Param end_time must be a time.');
  });
});

describe('a mobility intent', () => {
  it('needs a solution that the app has a part in', async () => {
    const { token, wabaId } = await connect();
    const { send, get } = as(token);
    const begin = { solution_id: '1', intent_type: 'INITIATE_TRANSFER' };
    const { body } = await send('POST', `/v26.0/${wabaId}/obo_mobility_intent`, begin);
    assert.deepEqual([body.error?.code, body.error?.error_subcode], [100, 33]);
    const set = await send('POST', `/v26.0/${wabaId}/set_obo_mobility_intent`, {
      waba_id: '1',
      solution_id: '1',
    });
    assert.match(set.body.error?.message ?? '', /waba_id must be the account of the request/);
    assert.deepEqual((await get(`/v26.0/${wabaId}/in_progress_onbehalf_request`)).body, { data: [] });
  });
});
