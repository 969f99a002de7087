import type { Customer } from '../../client.ts';
import { newPublicKey } from '../keys.ts';
import type { Asked, Drive, Stage } from '../stage.ts';
import { sentCode } from './business.ts';

type More = Partial<Asked> | ((stage: Stage, customer: Customer) => Partial<Asked> | Promise<Partial<Asked>>);

/** A call of the customer's token on its connected number. */
const ofNumber =
  (more: More = {}, name = 'Phone-Number-ID'): Drive =>
  async (stage) => {
    const customer = await stage.customer({ isRegistered: true });
    const rest = typeof more === 'function' ? await more(stage, customer) : more;
    return { token: customer.token, path: { [name]: customer.phoneNumberId }, ...rest };
  };

/** The same for a number that waits for its verification. */
const ofUnverified =
  (more: More = {}): Drive =>
  async (stage) => {
    const { token, wabaId } = await stage.customer();
    const { id } = await stage.prepare('POST', `/v26.0/${wabaId}/phone_numbers`, token, {
      cc: '1',
      phone_number: `415555${stage.next()}`,
      verified_name: 'Second Counter',
    });
    const customer = { token, wabaId, phoneNumberId: String(id), businessId: '' };
    const rest = typeof more === 'function' ? await more(stage, customer) : more;
    return { token, path: { 'Phone-Number-ID': String(id) }, ...rest };
  };

const code = { code_method: 'SMS', language: 'en_US' };

const profile = {
  messaging_product: 'whatsapp',
  about: 'Bread since 1998',
  email: 'hello@bakery.example',
  vertical: 'RETAIL',
  websites: ['https://bakery.example/'],
};

const officer = { name: 'Robin Okafor', email: 'robin@bakery.example', mobile_number: '+14155550134' };

export const number: Record<string, Drive> = {
  'GET /{Version}/{Phone-Number-ID}': ofNumber({
    query: {
      fields: 'id,display_phone_number,verified_name,quality_rating,code_verification_status,name_status',
    },
  }),
  'GET /{Version}/{WhatsApp-Account-Number-ID}': ofNumber(
    {
      query: {
        fields:
          'id,display_phone_number,verified_name,status,quality_rating,code_verification_status,name_status,messaging_limit_tier,account_mode,is_official_business_account',
      },
    },
    'WhatsApp-Account-Number-ID',
  ),
  'POST /{Version}/{Phone-Number-ID}': ofNumber({ body: { pin: '654321' } }),
  'POST /{Version}/{Phone-Number-ID}/register': async (stage) => {
    const { token, phoneNumberId } = await stage.customer();
    return {
      token,
      path: { 'Phone-Number-ID': phoneNumberId },
      body: { messaging_product: 'whatsapp', pin: '123456' },
    };
  },
  'POST /{Version}/{Phone-Number-ID}/deregister': ofNumber(),
  'POST /{Version}/{Phone-Number-ID}/request_code': ofUnverified({ body: code }),
  'POST /{Version}/{Phone-Number-ID}/verify_code': ofUnverified(async (stage, { token, phoneNumberId }) => {
    await stage.prepare('POST', `/v26.0/${phoneNumberId}/request_code`, token, code);
    return { body: { code: await sentCode(stage, phoneNumberId) } };
  }),
  'GET /{Version}/{Phone-Number-ID}/settings': ofNumber(),
  'POST /{Version}/{Phone-Number-ID}/settings': ofNumber({
    body: { storage_configuration: { enabled: true, region: 'CH' } },
  }),
  'GET /{Version}/{Phone-Number-ID}/whatsapp_business_profile': ofNumber(
    async (stage, { token, phoneNumberId }) => {
      await stage.prepare('POST', `/v26.0/${phoneNumberId}/whatsapp_business_profile`, token, profile);
      return { query: { fields: 'about,email,vertical,websites' } };
    },
  ),
  'POST /{Version}/{Phone-Number-ID}/whatsapp_business_profile': ofNumber({ body: profile }),
  'GET /{Version}/{Phone-Number-ID}/block_users': ofNumber(),
  'POST /{Version}/{Phone-Number-ID}/block_users': ofNumber({
    body: { messaging_product: 'whatsapp', block_users: [{ user: '+14155550199' }] },
  }),
  'DELETE /{Version}/{Phone-Number-ID}/block_users': ofNumber(async (stage, { token, phoneNumberId }) => {
    const body = { messaging_product: 'whatsapp', block_users: [{ user: '+14155550199' }] };
    await stage.prepare('POST', `/v26.0/${phoneNumberId}/block_users`, token, body);
    return { body };
  }),
  'GET /{Version}/{Phone-Number-ID}/official_business_account': ofNumber(),
  'POST /{Version}/{Phone-Number-ID}/official_business_account': ofNumber({
    body: { action: 'SUBMIT_APPLICATION', application_data: { business_name: 'Bakery' } },
  }),
  'GET /{Version}/{Phone-Number-ID}/whatsapp_business_encryption': ofNumber(),
  'POST /{Version}/{Phone-Number-ID}/whatsapp_business_encryption': ofNumber(() => ({
    body: { business_public_key: newPublicKey() },
    contentType: 'multipart/form-data',
  })),
  'GET /{Version}/{Phone-Number-ID}/whatsapp_commerce_settings': ofNumber(),
  'POST /{Version}/{Phone-Number-ID}/whatsapp_commerce_settings': ofNumber({
    query: { is_cart_enabled: 'true', is_catalog_visible: 'false' },
  }),
  'GET /{Version}/{Phone-Number-ID}/business_compliance_info': ofNumber(),
  'POST /{Version}/{Phone-Number-ID}/business_compliance_info': ofNumber({
    body: {
      messaging_product: 'whatsapp',
      entity_name: 'Bakery',
      entity_type: 'SOLE_PROPRIETORSHIP',
      grievance_officer_details: officer,
      customer_care_details: { email: officer.email, mobile_number: officer.mobile_number },
    },
  }),
  'POST /{Version}/{Phone-Number-ID}/conversational_automation': ofNumber({
    body: { enable_welcome_message: true, prompts: ['Where is my order?'] },
  }),
  'GET /{Version}/{WhatsApp-Business-Profile-ID}': ofNumber(async (stage, { token, phoneNumberId }) => ({
    path: { 'WhatsApp-Business-Profile-ID': await profileId(stage, token, phoneNumberId) },
  })),
  'POST /{Version}/{WhatsApp-Business-Profile-ID}': ofNumber(async (stage, { token, phoneNumberId }) => ({
    path: { 'WhatsApp-Business-Profile-ID': await profileId(stage, token, phoneNumberId) },
    body: profile,
  })),
};

/** The profile's own id, as its number names it. */
async function profileId(stage: Stage, token: string, phoneNumberId: string): Promise<string> {
  const { data } = await stage.prepare(
    'GET',
    `/v26.0/${phoneNumberId}/whatsapp_business_profile?fields=id`,
    token,
  );
  return String((data as { id: string }[])[0]?.id);
}
