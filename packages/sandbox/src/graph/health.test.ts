import assert from 'node:assert/strict';
import { after, before, it } from 'node:test';
import { createSandbox } from '../sandbox.ts';
import { type Customer, createClient } from '../test/client.ts';

const sandbox = createSandbox();
const { as, connect } = createClient(sandbox);

before(() => sandbox.start());
after(() => sandbox.stop());

interface Health {
  can_send_message: string;
  entities: { entity_type: string; can_send_message: string; errors?: { error_code: number }[] }[];
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

it('of an account knows nothing of a number', async () => {
  const customer = await connect('finish', { funded: true });
  assert.deepEqual(await health(customer, customer.wabaId), {
    overall: 'AVAILABLE',
    errors: [],
    types: ['WABA', 'BUSINESS', 'APP'],
  });
});
