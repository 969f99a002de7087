import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { secondPartner } from '../../credentials.ts';
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
  const owner = () => as(sandbox.credentials.systemUserToken);

  async function makeSolution(): Promise<string> {
    const made = await owner().send(
      'POST',
      `/v26.0/${sandbox.credentials.appId}/whatsapp_business_solution`,
      {
        solution_name: 'Bread and Messages',
        partner_app_id: secondPartner.appId,
        owner_permissions: ['MESSAGING'],
        partner_permissions: [],
      },
    );
    return String(made.body.solution_id);
  }

  it('waits for a word, and goes by it', async () => {
    const { token, wabaId } = await connect();
    const { send, get } = as(token);
    const solution_id = await makeSolution();
    const path = `/v26.0/${wabaId}/obo_mobility_intent`;
    const say = async (intent_type: string) => (await send('POST', path, { solution_id, intent_type })).body;
    const begun = await say('INITIATE_TRANSFER');
    assert.deepEqual([begun.status, begun.approval_required], ['PENDING', true]);
    const id = String(begun.mobility_intent_id);
    const { body } = await get(`/v26.0/${id}`);
    assert.equal((body.waba as { id: string }).id, wabaId);
    assert.equal((body.solution as { id: string }).id, solution_id);
    const waiting = async () =>
      (await get(`/v26.0/${wabaId}/in_progress_onbehalf_request`)).body.data as Record<string, unknown>[];
    const [request] = await waiting();
    assert.deepEqual([request?.id, request?.business_owned_object], [id, wabaId]);
    assert.deepEqual(Object.keys(request?.requesting_business ?? {}), ['id', 'name']);
    assert.equal((await say('CONFIRM_TRANSFER')).status, 'COMPLETED');
    assert.deepEqual(await waiting(), []);
    assert.equal((await say('CANCEL_TRANSFER')).error?.code, 100);
  });

  it('needs a solution that the app has a part in, and the account’s own id', async () => {
    const { token, wabaId } = await connect();
    const { send } = as(token);
    const begin = { solution_id: '1', intent_type: 'INITIATE_TRANSFER' };
    const { body } = await send('POST', `/v26.0/${wabaId}/obo_mobility_intent`, begin);
    assert.deepEqual([body.error?.code, body.error?.error_subcode], [100, 33]);
    const set = async (waba_id: string) =>
      (
        await send('POST', `/v26.0/${wabaId}/set_obo_mobility_intent`, {
          waba_id,
          solution_id: await makeSolution(),
          client_mutation_id: 'mine',
        })
      ).body;
    assert.match((await set('1')).error?.message ?? '', /waba_id must be the account of the request/);
    assert.equal((await set(wabaId)).client_mutation_id, 'mine');
  });
});
