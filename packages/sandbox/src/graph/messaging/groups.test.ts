import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { createSandbox } from '../../sandbox.ts';
import { type Customer, createClient } from '../../test/client.ts';

const sandbox = createSandbox();
const { as, connect } = createClient(sandbox);
const whatsapp = { messaging_product: 'whatsapp' };

before(() => sandbox.start());
after(() => sandbox.stop());

const groupsOf = async ({ token, phoneNumberId }: Customer) => {
  const { body } = await as(token).get(`/v26.0/${phoneNumberId}/groups`);
  return (body.data as { groups: { id: string; subject: string }[] }).groups;
};

async function makeGroup(customer: Customer): Promise<string> {
  const { token, phoneNumberId } = customer;
  await as(token).send('POST', `/v26.0/${phoneNumberId}/groups`, { ...whatsapp, subject: ' Regulars ' });
  return (await groupsOf(customer))[0]?.id ?? '';
}

describe('a group', () => {
  it('is opened by a registered number, listed, changed and closed', async () => {
    const customer = await connect('finish', { registered: true });
    const id = await makeGroup(customer);
    const { get, send, delete: remove } = as(customer.token);
    const { body } = await get(`/v26.0/${id}?fields=subject,join_approval_mode,total_participant_count`);
    assert.deepEqual(body, {
      subject: 'Regulars',
      join_approval_mode: 'auto_approve',
      total_participant_count: 0,
      id,
    });
    await send('POST', `/v26.0/${id}`, { ...whatsapp, subject: 'Early birds' });
    assert.equal((await groupsOf(customer))[0]?.subject, 'Early birds');
    assert.deepEqual((await remove(`/v26.0/${id}`)).body, { success: true });
    assert.deepEqual(await groupsOf(customer), []);
  });

  it('is refused to a number that is not registered, and without a subject', async () => {
    const { token, phoneNumberId } = await connect();
    const path = `/v26.0/${phoneNumberId}/groups`;
    const open = async (body: object) => (await as(token).send('POST', path, body)).body.error;
    assert.equal((await open({ ...whatsapp, subject: 'Regulars' }))?.code, 133010);
    assert.equal((await open(whatsapp))?.message, '(#100) The parameter subject is required.');
    assert.match((await open({ subject: 'x' }))?.message ?? '', /messaging_product/);
  });

  it('has an invite link that can be renewed and taken back', async () => {
    const customer = await connect('finish', { registered: true });
    const path = `/v26.0/${await makeGroup(customer)}/invite_link`;
    const { send } = as(customer.token);
    const link = async () => (await send('POST', path, whatsapp)).body.invite_link;
    const first = await link();
    assert.match(String(first), /^https:\/\/chat\.whatsapp\.com\/\w+$/);
    assert.notEqual(await link(), first);
    assert.deepEqual((await send('DELETE', path, whatsapp)).body, { ...whatsapp, success: 'true' });
  });

  it('holds eight people', async () => {
    const customer = await connect('finish', { registered: true });
    const id = await makeGroup(customer);
    const change = (method: 'POST' | 'DELETE', numbers: string[]) =>
      as(customer.token).send(method, `/v26.0/${id}/participants`, {
        ...whatsapp,
        participants: numbers.map((user) => ({ user })),
      });
    const inside = async () => (await as(customer.token).get(`/v26.0/${id}`)).body.participants;
    const many = Array.from({ length: 8 }, (_, index) => `+1 415-555-010${index}`);
    assert.equal((await change('POST', many)).status, 200);
    assert.equal((await change('POST', ['14155550199'])).body.error?.code, 100);
    await change('DELETE', many.slice(1));
    assert.deepEqual(await inside(), [{ wa_id: '14155550100' }]);
    assert.match((await change('POST', ['Robin'])).body.error?.message ?? '', /participants\[0\]\['user'\]/);
  });

  it('says which join requests it does not know', async () => {
    const customer = await connect('finish', { registered: true });
    const path = `/v26.0/${await makeGroup(customer)}/join_requests`;
    assert.deepEqual((await as(customer.token).get(path)).body, { data: [] });
    const { body } = await as(customer.token).send('POST', path, { ...whatsapp, join_requests: ['1'] });
    assert.deepEqual(body.approved_join_requests, []);
    assert.equal((body.failed_join_requests as { join_request_id: string }[])[0]?.join_request_id, '1');
  });
});
