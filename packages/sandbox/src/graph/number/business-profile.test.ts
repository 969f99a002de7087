import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { createSandbox } from '../../sandbox.ts';
import { type Customer, createClient } from '../../test/client.ts';

const sandbox = createSandbox();
const { as, connect } = createClient(sandbox);

before(() => sandbox.start());
after(() => sandbox.stop());

const path = ({ phoneNumberId }: Customer) => `/v26.0/${phoneNumberId}/whatsapp_business_profile`;
const update = (customer: Customer, fields: Record<string, string>) =>
  as(customer.token).post(path(customer), { messaging_product: 'whatsapp', ...fields });
const read = async (customer: Customer, query = '') =>
  ((await as(customer.token).get(`${path(customer)}${query}`)).body.data as object[])[0];

const websites = JSON.stringify(['https://bakery.example/', 'http://bread.example']);

describe('a business profile', () => {
  it('is empty at first, and keeps what it is given', async () => {
    const customer = await connect();
    assert.deepEqual(await read(customer), { messaging_product: 'whatsapp' });
    const answer = await update(customer, { about: 'Bread since 1998', vertical: 'RETAIL', websites });
    assert.deepEqual(answer.body, { success: true });
    await update(customer, { email: 'hello@bakery.example' });
    assert.deepEqual(await read(customer), {
      about: 'Bread since 1998',
      email: 'hello@bakery.example',
      websites: JSON.parse(websites),
      vertical: 'RETAIL',
      messaging_product: 'whatsapp',
    });
    assert.deepEqual(await read(customer, '?fields=about'), {
      about: 'Bread since 1998',
      messaging_product: 'whatsapp',
    });
  });

  it('has a picture once a handle was given', async () => {
    const customer = await connect();
    await update(customer, { profile_picture_handle: '4:abc' });
    assert.deepEqual(await read(customer), {
      profile_picture_url: 'https://pps.whatsapp.net/v/4%3Aabc',
      messaging_product: 'whatsapp',
    });
  });

  const wrong: Record<string, string>[] = [
    { about: '' },
    { about: 'a'.repeat(140) },
    { description: 'a'.repeat(513) },
    { address: 'a'.repeat(257) },
    { email: 'nobody' },
    { email: `${'a'.repeat(129)}@bakery.example` },
    { vertical: 'BREAD' },
    { websites: 'https://bakery.example/' },
    { websites: '["bakery.example"]' },
    { websites: '["https://a.example","https://b.example","https://c.example"]' },
    { messaging_product: 'telegram' },
  ];
  for (const fields of wrong) {
    it(`refuses ${JSON.stringify(fields).slice(0, 60)} and changes nothing`, async () => {
      const customer = await connect();
      const { error } = (await update(customer, { address: '1 Main Street', ...fields })).body;
      assert.equal(error?.code, 100);
      assert.deepEqual(await read(customer), { messaging_product: 'whatsapp' });
    });
  }

  it('refuses to read a field that it does not have', async () => {
    const customer = await connect();
    const { body } = await as(customer.token).get(`${path(customer)}?fields=shoe_size`);
    assert.equal(body.error?.code, 100);
  });

  it('has an id of its own, by which it is read and changed too', async () => {
    const customer = await connect();
    const { id } = (await read(customer, '?fields=id')) as { id: string };
    assert.deepEqual(
      (await as(customer.token).post(`/${id}`, { messaging_product: 'whatsapp', about: 'Hello' })).body,
      { success: true, id },
    );
    assert.deepEqual((await as(customer.token).get(`/${id}?fields=about`)).body, { about: 'Hello', id });
    const stranger = await connect();
    assert.equal((await as(stranger.token).get(`/${id}`)).body.error?.error_subcode, 33);
  });
});
