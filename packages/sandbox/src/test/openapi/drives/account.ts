import type { Customer } from '../../client.ts';
import type { Asked, Drive, Stage } from '../stage.ts';

type More = Partial<Asked> | ((stage: Stage, customer: Customer) => Partial<Asked> | Promise<Partial<Asked>>);

/** A call of the customer's token on its own account. */
const ofAccount =
  (more: More = {}, name = 'WABA-ID'): Drive =>
  async (stage) => {
    const customer = await stage.customer({ isRegistered: true });
    const rest = typeof more === 'function' ? await more(stage, customer) : more;
    return { token: customer.token, path: { [name]: customer.wabaId }, ...rest };
  };

const assign = (stage: Stage, wabaId: string) =>
  stage.prepare('POST', `/v26.0/${wabaId}/assigned_users`, stage.partner.systemToken, {
    user: stage.partner.systemUserId,
    tasks: ['MANAGE'],
  });

const template = {
  name: 'order_update',
  language: 'en_US',
  category: 'UTILITY',
  components: [{ type: 'BODY', text: 'Your order is on its way.' }],
};

const makeTemplate = async (stage: Stage, { wabaId, token }: Customer): Promise<string> =>
  String((await stage.prepare('POST', `/v26.0/${wabaId}/message_templates`, token, template)).id);

const assignedUsers = 'WhatsApp-Business-Account-ID';

export const account: Record<string, Drive> = {
  'GET /{Version}/{WABA-ID}': ofAccount({
    query: {
      fields:
        'id,name,currency,timezone_id,country,account_review_status,business_verification_status,ownership_type,on_behalf_of_business_info,is_enabled_for_insights,phone_numbers,message_templates,subscribed_apps',
    },
  }),
  'POST /{Version}/{WABA-ID}': ofAccount({ body: { name: 'Renamed Account' } }),
  'GET /{Version}/{WABA-ID}/phone_numbers': ofAccount({
    query: {
      limit: '10',
      fields:
        'id,display_phone_number,verified_name,status,quality_rating,code_verification_status,account_mode,host_platform,messaging_limit_tier,is_official_business_account',
    },
  }),
  'POST /{Version}/{WABA-ID}/phone_numbers': ofAccount({
    // Britain's numbers for fiction: the sandbox makes up none of them itself, so this one is nobody's yet.
    body: { cc: '44', phone_number: '1632960142', verified_name: 'Second Counter' },
  }),
  'GET /{Version}/{WABA-ID}/subscribed_apps': ofAccount(async (stage, { wabaId, token }) => {
    await stage.prepare('POST', `/v26.0/${wabaId}/subscribed_apps`, token);
    return {};
  }),
  'POST /{Version}/{WABA-ID}/subscribed_apps': ofAccount(),
  'DELETE /{Version}/{WABA-ID}/subscribed_apps': ofAccount(async (stage, { wabaId, token }) => {
    await stage.prepare('POST', `/v26.0/${wabaId}/subscribed_apps`, token);
    return {};
  }),
  'GET /{Version}/{WABA-ID}/message_templates': ofAccount(async (stage, customer) => {
    await makeTemplate(stage, customer);
    return {};
  }),
  'POST /{Version}/{WABA-ID}/message_templates': ofAccount({ body: template }),
  'DELETE /{Version}/{WABA-ID}/message_templates': ofAccount(async (stage, customer) => {
    await makeTemplate(stage, customer);
    return { query: { name: template.name } };
  }),
  'GET /{Version}/{TEMPLATE_ID}': ofAccount(async (stage, customer) => ({
    path: { TEMPLATE_ID: await makeTemplate(stage, customer) },
  })),
  'POST /{Version}/{TEMPLATE_ID}': ofAccount(async (stage, customer) => {
    const id = await makeTemplate(stage, customer);
    // What waits for its review cannot be changed.
    await stage.sandbox.control('accounts', { wabaId: customer.wabaId, happens: 'template-approved' });
    return {
      path: { TEMPLATE_ID: id },
      body: { components: [{ type: 'BODY', text: 'Your order has left our store.' }] },
    };
  }),
  'GET /{Version}/{WhatsApp-Business-Account-ID}/assigned_users': ofAccount(async (stage, { wabaId }) => {
    await assign(stage, wabaId);
    return {
      token: stage.partner.systemToken,
      query: { business: stage.partner.businessId },
    };
  }, assignedUsers),
  'POST /{Version}/{WhatsApp-Business-Account-ID}/assigned_users': ofAccount(
    ({ partner }) => ({
      token: partner.systemToken,
      body: { user: partner.systemUserId, tasks: ['MANAGE'] },
      contentType: 'application/x-www-form-urlencoded',
    }),
    assignedUsers,
  ),
  'DELETE /{Version}/{WhatsApp-Business-Account-ID}/assigned_users': ofAccount(async (stage, { wabaId }) => {
    await assign(stage, wabaId);
    return {
      token: stage.partner.systemToken,
      body: { user: stage.partner.systemUserId },
      contentType: 'application/x-www-form-urlencoded',
    };
  }, assignedUsers),
  'GET /{Version}/{WABA-ID}/activities': ofAccount(),
  'GET /{Version}/{WABA-ID}/schedules': ofAccount(),
  'POST /{Version}/{WABA-ID}/schedules': ofAccount({
    body: {
      name: 'Opening hours',
      schedule_type: 'BUSINESS_HOURS',
      start_time: '09:00:00',
      end_time: '17:00:00',
    },
  }),
};
