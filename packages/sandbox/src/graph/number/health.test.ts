import assert from 'node:assert/strict';
import { after, before, it } from 'node:test';
import { createSandbox } from '../../sandbox.ts';
import { type Customer, createClient } from '../../test/client.ts';

const sandbox = createSandbox();
const { as, connect, control } = createClient(sandbox);

before(() => sandbox.start());
after(() => sandbox.stop());

interface Health {
  can_send_message: string;
  entities: {
    entity_type: string;
    can_send_message: string;
    errors?: { error_code: number }[];
    additional_info?: string[];
  }[];
}

async function health({ token }: Customer, id: string) {
  const { body } = await as(token).get(`/v26.0/${id}?fields=health_status`);
  const { can_send_message, entities } = body.health_status as Health;
  const errors = entities.flatMap((entity) => (entity.errors ?? []).map(({ error_code }) => error_code));
  return { overall: can_send_message, errors, types: entities.map(({ entity_type }) => entity_type) };
}

it('is available where the number is registered and somebody pays', async () => {
  const customer = await connect('finish', { registered: true, funded: true });
  assert.deepEqual(await health(customer, customer.phoneNumberId), {
    overall: 'AVAILABLE',
    errors: [],
    types: ['PHONE_NUMBER', 'WABA', 'BUSINESS', 'APP'],
  });
});

it('is blocked until a payment method stands behind the account', async () => {
  const customer = await connect('finish', { registered: true });
  const { overall, errors } = await health(customer, customer.phoneNumberId);
  assert.deepEqual([overall, errors], ['BLOCKED', [141006]]);
});

it('is blocked until the number is registered', async () => {
  const customer = await connect('finish', { funded: true });
  const { overall, errors } = await health(customer, customer.phoneNumberId);
  assert.deepEqual([overall, errors], ['BLOCKED', [141000]]);
});

it('is limited while a display name waits for its review', async () => {
  const customer = await connect('finish', { registered: true, funded: true });
  const rename = { wabaId: customer.wabaId, happens: 'name-approved', name: 'Cedar & Sons' };
  await control('POST', '/accounts', rename);
  assert.equal((await health(customer, customer.phoneNumberId)).overall, 'AVAILABLE', 'the old name holds');
  const { body } = await as(customer.token).post(`/${customer.wabaId}/phone_numbers`, {
    cc: '44',
    phone_number: '1632960001',
    verified_name: 'Second Counter',
  });
  const waiting = await as(customer.token).get(`/${body.id}?fields=health_status`);
  const [phone] = (waiting.body.health_status as Health).entities;
  assert.match(phone?.additional_info?.[0] ?? '', /^Your display name has not been approved yet/);
});

it('is blocked for a banned account, and for one that may not begin a conversation, for that time', async () => {
  const customer = await connect('finish', { registered: true, funded: true });
  const { wabaId, phoneNumberId } = customer;
  await control('POST', '/accounts', { wabaId, happens: 'banned' });
  assert.deepEqual((await health(customer, phoneNumberId)).errors, [141000, 131031]);
  await control('POST', '/accounts', { wabaId, happens: 'reinstated' });
  assert.equal((await health(customer, phoneNumberId)).overall, 'AVAILABLE');
  await control('POST', '/accounts', { wabaId, happens: 'restricted', forMs: 60_000 });
  assert.deepEqual((await health(customer, wabaId)).errors, [368]);
  await control('POST', '/clock', { advanceMs: 60_000 });
  assert.equal((await health(customer, wabaId)).overall, 'AVAILABLE');
});

it('of a template counts its review', async () => {
  const customer = await connect('finish', { funded: true });
  const { body } = await as(customer.token).post(`/${customer.wabaId}/message_templates`, {
    name: 'order_sent',
    language: 'en_US',
    category: 'UTILITY',
    components: '[{"type":"BODY","text":"It is on its way."}]',
  });
  assert.deepEqual((await health(customer, String(body.id))).errors, [141002]);
  await control('POST', '/accounts', { wabaId: customer.wabaId, happens: 'template-approved' });
  assert.equal((await health(customer, String(body.id))).overall, 'AVAILABLE');
});

it('of an account knows nothing of a number', async () => {
  const customer = await connect('finish', { funded: true });
  assert.deepEqual(await health(customer, customer.wabaId), {
    overall: 'AVAILABLE',
    errors: [],
    types: ['WABA', 'BUSINESS', 'APP'],
  });
});
