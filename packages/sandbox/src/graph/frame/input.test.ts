import assert from 'node:assert/strict';
import { before, describe, it } from 'node:test';
import type { Customer } from '../../test/client.ts';
import { createGraphWorld } from '../../test/graph-world.ts';

const { as, connect } = createGraphWorld();

let customer: Customer;
before(async () => {
  customer = await connect({ details: { registered: true } });
});

const refusal = async (path: string, fields: Record<string, string>) =>
  (await as(customer.token).post(`/v26.0/${customer.phoneNumberId}/${path}`, fields)).body.error;

describe('messaging_product', () => {
  const paths = ['register', 'messages', 'media', 'groups', 'whatsapp_business_profile', 'block_users'];
  for (const path of [...paths, 'smb_app_data']) {
    it(`is asked for and read the same way at ${path}`, async () => {
      for (const [fields, message] of [
        [{}, 'The parameter messaging_product is required.'],
        [{ messaging_product: '' }, 'The parameter messaging_product is required.'],
        [
          { messaging_product: 'telegram' },
          'Param messaging_product must be one of {WHATSAPP} - got "telegram".',
        ],
      ] as const) {
        const { fbtrace_id: _, ...error } = (await refusal(path, fields)) ?? {};
        assert.deepEqual(error, { message: `(#100) ${message}`, type: 'OAuthException', code: 100 });
      }
    });
  }
});

describe('a parameter', () => {
  it('that is an object is no list and no broken JSON', async () => {
    const message = async (calling: string) => (await refusal('settings', { calling }))?.message;
    assert.equal(await message('[]'), '(#100) Param calling must be a JSON object.');
    assert.equal(await message('1'), '(#100) Param calling must be a JSON object.');
    assert.equal(await message('{'), '(#100) Param calling must be valid JSON.');
  });

  it('that is true or false says so in any case, or as a digit', async () => {
    const message = async (is_cart_enabled: string) =>
      (await refusal('whatsapp_commerce_settings', { is_cart_enabled }))?.message;
    assert.equal(await message('yes'), '(#100) Param is_cart_enabled must be a boolean.');
    for (const right of ['true', 'True', '0']) assert.equal(await message(right), undefined);
  });

  it('that is text is measured in characters as people count them', async () => {
    const about = async (text: string) =>
      (await refusal('whatsapp_business_profile', { messaging_product: 'whatsapp', about: text }))?.message;
    assert.equal(await about('\u{1F950}'.repeat(139)), undefined);
    assert.equal(
      await about('\u{1F950}'.repeat(140)),
      '(#100) Param about must be at most 139 characters long.',
    );
  });
});
