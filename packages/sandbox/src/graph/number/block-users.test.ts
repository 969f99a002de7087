import assert from 'node:assert/strict';
import { after, before, it } from 'node:test';
import { createSandbox } from '../../sandbox.ts';
import { type Customer, createClient } from '../../test/client.ts';

const sandbox = createSandbox();
const { graph, connect } = createClient(sandbox);

before(() => sandbox.start());
after(() => sandbox.stop());

const call = ({ token, phoneNumberId }: Customer, method: string, users?: unknown) =>
  graph(`/v26.0/${phoneNumberId}/block_users`, {
    method,
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    ...(users === undefined
      ? {}
      : { body: JSON.stringify({ messaging_product: 'whatsapp', block_users: users }) }),
  });

it('blocks people and lets them in again', async () => {
  const customer = await connect();
  const user = { input: '+1 415-555-0199', wa_id: '14155550199' };
  assert.deepEqual((await call(customer, 'POST', [{ user: user.input }])).body, {
    messaging_product: 'whatsapp',
    block_users: { added_users: [user] },
  });
  const listed = [{ messaging_product: 'whatsapp', wa_id: user.wa_id }];
  assert.deepEqual((await call(customer, 'GET')).body, { data: listed });
  assert.deepEqual((await call(customer, 'DELETE', [{ user: user.wa_id }])).body, {
    messaging_product: 'whatsapp',
    block_users: { removed_users: [{ ...user, input: user.wa_id }] },
  });
  assert.deepEqual((await call(customer, 'GET')).body, { data: [] });
});

it('refuses a request that names nobody', async () => {
  const customer = await connect();
  for (const users of [[], [{ user: 'Mara' }], ['+14155550199'], 'Mara']) {
    assert.equal((await call(customer, 'POST', users)).body.error?.code, 100);
  }
});
