import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { createSandbox } from '../../sandbox.ts';
import { type Customer, createClient } from '../../test/client.ts';

const sandbox = createSandbox();
const { as, connect } = createClient(sandbox);

before(() => sandbox.start());
after(() => sandbox.stop());

/** An edge of a customer's number. */
function edge({ token, phoneNumberId }: Customer, name: string) {
  const path = `/v26.0/${phoneNumberId}/${name}`;
  return {
    read: async (query = '') => (await as(token).get(`${path}${query}`)).body,
    write: async (body: object) => (await as(token).send('POST', path, body)).body,
  };
}

it('keeps what a business says of itself, and asks for all of it', async () => {
  const customer = await connect();
  const { read, write } = edge(customer, 'business_compliance_info');
  assert.deepEqual(await read(), { data: [] });
  const contact = { email: 'care@bakery.example', mobile_number: '+14155550134' };
  const right = {
    messaging_product: 'whatsapp',
    entity_name: 'Bakery',
    entity_type: 'PARTNERSHIP',
    grievance_officer_details: { name: 'Robin Okafor', ...contact },
    customer_care_details: contact,
  };
  const messageOf = async (more: object) => (await write({ ...right, ...more })).error?.message;
  assert.match((await messageOf({ customer_care_details: { email: 'nowhere' } })) ?? '', /must be an email/);
  assert.equal(
    await messageOf({ grievance_officer_details: contact }),
    "(#100) The parameter grievance_officer_details['name'] is required.",
  );
  assert.match((await messageOf({ entity_type: 'OTHER' })) ?? '', /entity_type_custom is required/);
  assert.deepEqual(await write(right), { success: true });
  const { data } = await read('?fields=entity_name,whatsapp_business_account_id');
  assert.deepEqual(data, [{ entity_name: 'Bakery', whatsapp_business_account_id: customer.wabaId }]);
});

it('keeps whether there is a cart and a catalogue', async () => {
  const customer = await connect();
  const { read, write } = edge(customer, 'whatsapp_commerce_settings');
  await write({ is_catalog_visible: true, is_cart_enabled: false });
  assert.deepEqual((await read()).data, [
    { id: customer.phoneNumberId, is_cart_enabled: false, is_catalog_visible: true },
  ]);
  assert.equal((await write({ is_cart_enabled: 'perhaps' })).error?.code, 100);
});

it('takes the wish to be an Official Business Account, and takes it back', async () => {
  const customer = await connect();
  const { read, write } = edge(customer, 'official_business_account');
  const does = async (action: string) => {
    const { success, error } = await write({ action });
    return success ?? error?.code;
  };
  assert.equal((await read()).oba_status, 'NOT_STARTED');
  assert.equal(await does('WITHDRAW_APPLICATION'), 100);
  assert.equal(await does('SUBMIT_APPLICATION'), true);
  assert.equal(await does('SUBMIT_APPLICATION'), 100);
  assert.equal((await read('?fields=oba_status')).oba_status, 'PENDING');
  assert.equal(await does('WITHDRAW_APPLICATION'), true);
  const { body } = await as(customer.token).get(
    `/v26.0/${customer.phoneNumberId}?fields=official_business_account`,
  );
  assert.deepEqual(body.official_business_account, { oba_status: 'CANCELLED' });
});

describe('conversational components', () => {
  it('are read as a field of the number, and by their own id', async () => {
    const customer = await connect();
    const { write } = edge(customer, 'conversational_automation');
    const commands = [{ command_name: 'status', command_description: 'Where is my order?' }];
    assert.deepEqual(await write({ prompts: ['Order bread'], commands }), { success: true });
    await write({ enable_welcome_message: true });
    const { body } = await as(customer.token).get(
      `/v26.0/${customer.phoneNumberId}?fields=conversational_automation`,
    );
    const bot = body.conversational_automation as { id: string };
    assert.deepEqual(bot, { prompts: ['Order bread'], commands, enable_welcome_message: true, id: bot.id });
    assert.deepEqual((await as(customer.token).get(`/v26.0/${bot.id}`)).body, bot);
  });

  it('have few prompts, and commands with names of their own', async () => {
    const { write } = edge(await connect(), 'conversational_automation');
    const command = { command_name: 'status', command_description: 'Where is my order?' };
    assert.equal((await write({ prompts: ['1', '2', '3', '4', '5'] })).error?.code, 100);
    assert.match((await write({ commands: [command, command] })).error?.message ?? '', /unique names/);
    assert.match(
      (await write({ commands: [{ ...command, command_name: 'my order' }] })).error?.message ?? '',
      /commands\[0\]\['command_name'\] must be letters/,
    );
  });
});
