import assert from 'node:assert/strict';
import { before, describe, it } from 'node:test';
import { fixedCredentials } from '../../credentials.ts';
import type { Customer } from '../../test/client.ts';
import { createGraphWorld } from '../../test/graph-world.ts';
import { parseFields, writeFields } from './fields.ts';

const { as, connect, ownApp, systemUserToken } = createGraphWorld();
let customer: Customer;

before(async () => {
  customer = await connect({ details: { businessName: 'Cedar Books', numbers: 3 } });
});

const read = async (fields: string) =>
  (await as(customer.token).get(`/v26.0/${customer.wabaId}?fields=${encodeURIComponent(fields)}`)).body;

describe('fields', () => {
  it('are given in the order in which they are asked for, with the id', async () => {
    assert.deepEqual(Object.keys(await read('timezone_id,name')), ['timezone_id', 'name', 'id']);
    assert.deepEqual(Object.keys(await read('["id","currency"]')), ['id', 'currency']);
  });

  it('have fields of their own, and edges limits', async () => {
    const body = await read(
      'owner_business_info{name},phone_numbers.limit(2){verified_name,throughput{level}}',
    );
    assert.deepEqual(body.owner_business_info, { name: 'Cedar Books' });
    const { data } = body.phone_numbers as { data: Record<string, unknown>[] };
    assert.equal(data.length, 2);
    assert.deepEqual(Object.keys(data[0] ?? {}), ['verified_name', 'throughput', 'id']);
    assert.deepEqual(data[0]?.throughput, { level: 'NOT_APPLICABLE' });
  });

  it('have fields of their own within a list that is no list of nodes', async () => {
    const { token, wabaId, phoneNumberId } = customer;
    await as(token).post(`/v26.0/${wabaId}/subscribed_apps`);
    const body = await read('subscribed_apps{whatsapp_business_api_data{id}}');
    assert.deepEqual(body.subscribed_apps, { data: [{ whatsapp_business_api_data: { id: ownApp().id } }] });
    await as(token).post(`/v26.0/${phoneNumberId}/whatsapp_business_profile`, {
      messaging_product: 'whatsapp',
      about: 'Books',
      address: 'Main Street 1',
    });
    const profile = await as(token).get(`/v26.0/${phoneNumberId}?fields=id,whatsapp_business_profile{about}`);
    assert.deepEqual(profile.body, {
      id: phoneNumberId,
      whatsapp_business_profile: { data: [{ about: 'Books', messaging_product: 'whatsapp' }] },
    });
  });

  it('hand what stands behind an edge to it, and nothing that is asked of the node', async () => {
    const { wabaId } = customer;
    const { businessId, systemUserId } = fixedCredentials;
    await as(systemUserToken).post(`/v26.0/${wabaId}/assigned_users`, {
      user: systemUserId,
      tasks: '["MANAGE"]',
    });
    const users = await as(systemUserToken).get(
      `/v26.0/${wabaId}?fields=assigned_users.business(${businessId}){id,tasks}`,
    );
    assert.deepEqual((users.body.assigned_users as { data: unknown }).data, [
      { id: systemUserId, tasks: ['MANAGE'] },
    ]);
    for (const name of ['one', 'two']) {
      const components = JSON.stringify([{ type: 'BODY', text: name }]);
      const input = { name, language: 'en_US', category: 'UTILITY', components };
      await as(customer.token).post(`/v26.0/${wabaId}/message_templates`, input);
    }
    const named = await as(customer.token).get(
      `/v26.0/${wabaId}?limit=0&name=none&fields=message_templates.name(two){name}`,
    );
    const { data } = named.body.message_templates as { data: { name: string }[] };
    assert.deepEqual(
      data.map(({ name }) => name),
      ['two'],
    );
  });

  it('can go by another name', async () => {
    assert.deepEqual(Object.keys(await read('name.as(title)')), ['title', 'id']);
  });

  for (const [fields, message] of [
    ['id,shoe_size', /nonexisting field \(shoe_size\) on node type \(WhatsAppBusinessAccount\)/],
    [
      'phone_numbers{shoe_size}',
      /nonexisting field \(shoe_size\) on node type \(WhatsAppBusinessPhoneNumber\)/,
    ],
    ['name{id}', /Subfields are not supported by name/],
    ['throughput{level}', /nonexisting/],
    ['phone_numbers{throughput{level{id}}}', /Subfields are not supported by level/],
    ['constructor', /nonexisting field \(constructor\)/],
    ['phone_numbers{id', /Syntax error/],
    ['id}', /Syntax error/],
    ['phone_numbers.limit(-1)', /limit/],
    ['a{b{c{d{e{f{g}}}}}}', /Syntax error/],
  ] as const) {
    it(`are refused where they read ${fields}`, async () => {
      const { error } = await read(fields);
      assert.equal(error?.code, 100);
      assert.match(error?.message ?? '', message);
    });
  }

  it('are refused as soon as they end in the middle, however many there are', () => {
    assert.throws(() => parseFields('a.b('.repeat(250_000)), /Syntax error/);
    assert.throws(() => parseFields('a.b(c)'.repeat(100_000).concat('.d')), /Syntax error/);
  });

  it('may have blanks between them', () => {
    assert.equal(writeFields(parseFields(' id, phone_numbers {\n id }')), 'id,phone_numbers{id}');
  });

  it('are written as they were read', () => {
    const text = 'id,phone_numbers.limit(2).sort(x){id,throughput{level}}';
    assert.equal(writeFields(parseFields(text)), text);
  });
});

describe('several ids at once', () => {
  it('are answered by id', async () => {
    const { wabaId, phoneNumberId } = customer;
    const { body } = await as(systemUserToken).get(`/v26.0/?ids=${wabaId},${phoneNumberId}&fields=id`);
    assert.deepEqual(body, { [wabaId]: { id: wabaId }, [phoneNumberId]: { id: phoneNumberId } });
  });

  it('are refused altogether where one is not there', async () => {
    const { status, body } = await as(systemUserToken).get(`/v26.0?ids=${customer.wabaId},1`);
    assert.deepEqual([status, body.error?.code], [404, 803]);
    const ids = Array.from({ length: 51 }, () => customer.wabaId).join(',');
    assert.equal((await as(systemUserToken).get(`/v26.0?ids=${ids}`)).body.error?.code, 100);
  });
});
