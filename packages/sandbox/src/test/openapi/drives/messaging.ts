import { createPublicKey } from 'node:crypto';
import { sealJwe } from '../../../graph/messaging/jwe.ts';
import type { Customer } from '../../client.ts';
import { newPublicKey } from '../keys.ts';
import type { Asked, Drive, Stage } from '../stage.ts';

type Scene = (stage: Stage, customer: Customer) => Partial<Asked> | Promise<Partial<Asked>>;

/** A call of a customer with a connected number; the scene says the rest. */
const by =
  (scene: Scene): Drive =>
  async (stage) => {
    const customer = await stage.customer({ isRegistered: true });
    return { token: customer.token, path: {}, ...(await scene(stage, customer)) };
  };

const onNumber = (more: Partial<Asked> = {}): Drive =>
  by((_stage, { phoneNumberId }) => ({ path: { 'Phone-Number-ID': phoneNumberId }, ...more }));

const whatsapp = { messaging_product: 'whatsapp' };

const text = {
  ...whatsapp,
  recipient_type: 'individual',
  to: '14155550199',
  type: 'text',
  text: { body: 'Your bread is ready.' },
};

const makeFlow = async (stage: Stage, { wabaId, token }: Customer): Promise<string> =>
  String(
    (
      await stage.prepare('POST', `/v26.0/${wabaId}/flows`, token, {
        name: `Orders ${stage.next()}`,
        categories: '["OTHER"]',
      })
    ).id,
  );

/** A screen that ends at once: the least that a flow can be. */
const flowJson = JSON.stringify({
  version: '6.0',
  screens: [{ id: 'DONE', terminal: true, layout: { type: 'SingleColumnLayout', children: [] } }],
});

const putFlowJson = (stage: Stage, { token }: Customer, id: string) =>
  stage.send('POST', `/v26.0/${id}/assets`, {
    token,
    path: {},
    body: { name: 'flow.json', asset_type: 'FLOW_JSON', file: flowJson },
    contentType: 'multipart/form-data',
  });

const ofFlow = (more: Partial<Asked> = {}, state: 'draft' | 'written' | 'published' = 'draft'): Drive =>
  by(async (stage, customer) => {
    const id = await makeFlow(stage, customer);
    if (state !== 'draft') await putFlowJson(stage, customer, id);
    if (state === 'published') await stage.prepare('POST', `/v26.0/${id}/publish`, customer.token);
    return { path: { 'Flow-ID': id }, ...more };
  });

const makeGroup = async (stage: Stage, { phoneNumberId, token }: Customer): Promise<string> => {
  const path = `/v26.0/${phoneNumberId}/groups`;
  await stage.prepare('POST', path, token, { ...whatsapp, subject: 'Regulars' });
  const { data } = await stage.prepare('GET', path, token);
  return String((data as { groups: { id: string }[] }).groups[0]?.id);
};

const ofGroup = (more: Partial<Asked> = {}): Drive =>
  by(async (stage, customer) => ({ path: { group_id: await makeGroup(stage, customer) }, ...more }));

const image = { body: { ...whatsapp, file: 'bytes' }, contentType: 'multipart/form-data' } as const;

const makeMedia = async (stage: Stage, { phoneNumberId, token }: Customer): Promise<string> => {
  const { body } = await stage.send('POST', `/v26.0/${phoneNumberId}/media`, { token, path: {}, ...image });
  return String(body.id);
};

const makeCode = async (stage: Stage, { phoneNumberId, token }: Customer): Promise<string> =>
  String(
    (
      await stage.prepare('POST', `/v26.0/${phoneNumberId}/message_qrdls`, token, {
        prefilled_message: 'Hello!',
        generate_qr_image: 'SVG',
      })
    ).code,
  );

const ofCode = (more: Partial<Asked> = {}): Drive =>
  by(async (stage, customer) => ({
    path: { 'Phone-Number-ID': customer.phoneNumberId, 'QR-Code-ID': await makeCode(stage, customer) },
    ...more,
  }));

/** A message from a template, which is approved. */
const ofTemplate = by(async (stage, { wabaId, phoneNumberId, token }) => {
  await stage.prepare('POST', `/v26.0/${wabaId}/message_templates`, token, {
    name: 'spring_sale',
    language: 'en_US',
    category: 'MARKETING',
    components: [{ type: 'BODY', text: 'Spring is here.' }],
  });
  await stage.prepare('POST', '/_sandbox/accounts', token, { wabaId, happens: 'template-approved' });
  return {
    path: { 'Phone-Number-ID': phoneNumberId },
    body: {
      ...whatsapp,
      recipient_type: 'individual',
      to: '14155550199',
      type: 'template',
      template: { name: 'spring_sale', language: { policy: 'deterministic', code: 'en_US' } },
    },
  };
});

export const messaging: Record<string, Drive> = {
  // The file closes every other type of message against the names that all of them share, so none but this can be sent.
  'POST /{Version}/{Phone-Number-ID}/messages': ofTemplate,
  'POST /{Version}/{Phone-Number-ID}/marketing_messages': ofTemplate,
  'POST /{Version}/{Phone-Number-ID}/messages_encrypted': by(async (stage, { phoneNumberId, token }) => {
    const settings = `/v26.0/${phoneNumberId}/settings`;
    await stage.prepare('POST', settings, token, {
      payload_encryption: { status: 'enabled', client_encryption_key: newPublicKey() },
    });
    const { payload_encryption: shown } = await stage.prepare('GET', settings, token);
    const key = createPublicKey({
      key: Buffer.from((shown as { cloud_encryption_key: string }).cloud_encryption_key, 'base64'),
      format: 'der',
      type: 'spki',
    });
    return {
      path: { 'Phone-Number-ID': phoneNumberId },
      body: { ...whatsapp, encrypted_contents: sealJwe(JSON.stringify(text), key) },
    };
  }),
  'GET /{Version}/{Phone-Number-ID}/message_history': by(async (stage, { phoneNumberId, token }) => {
    await stage.prepare('POST', `/v26.0/${phoneNumberId}/messages`, token, text);
    return { path: { 'Phone-Number-ID': phoneNumberId } };
  }),
  'GET /{Version}/{Message-History-ID}/events': by(async (stage, { phoneNumberId, token }) => {
    await stage.prepare('POST', `/v26.0/${phoneNumberId}/messages`, token, text);
    const { data } = await stage.prepare('GET', `/v26.0/${phoneNumberId}/message_history`, token);
    return { path: { 'Message-History-ID': String((data as { id: string }[])[0]?.id) } };
  }),
  'POST /{Version}/{Phone-Number-ID}/calls': by(async (stage, { phoneNumberId, token }) => {
    await stage.prepare('POST', '/_sandbox/whatsapp-user', token, {
      phoneNumberId,
      waId: '14155550199',
      does: 'allow-calls',
    });
    return {
      path: { 'Phone-Number-ID': phoneNumberId },
      body: { ...whatsapp, to: '14155550199', action: 'connect', session: { sdp_type: 'offer', sdp: 'v=0' } },
    };
  }),
  'GET /{Version}/{Phone-Number-ID}/call_permissions': onNumber({ query: { user_wa_id: '14155550199' } }),
  'POST /{Version}/{Phone-Number-ID}/media': onNumber(image),
  'GET /{Version}/{Media-ID}': by(async (stage, customer) => ({
    path: { 'Media-ID': await makeMedia(stage, customer) },
  })),
  'DELETE /{Version}/{Media-ID}': by(async (stage, customer) => ({
    path: { 'Media-ID': await makeMedia(stage, customer) },
  })),
  'GET /{Version}/{Media-URL}': by(async (stage, customer) => {
    const id = await makeMedia(stage, customer);
    const { url } = await stage.prepare('GET', `/v26.0/${id}`, customer.token);
    // The address that the media's own node gives, without its host.
    const { pathname, search } = new URL(String(url));
    return { path: { 'Media-URL': `${pathname.slice(1)}${search}` } };
  }),
  'GET /{Version}/{Phone-Number-ID}/message_qrdls': by(async (stage, customer) => {
    await makeCode(stage, customer);
    return { path: { 'Phone-Number-ID': customer.phoneNumberId } };
  }),
  'POST /{Version}/{Phone-Number-ID}/message_qrdls': onNumber({
    body: { prefilled_message: 'Hello!', generate_qr_image: 'SVG' },
  }),
  'GET /{Version}/{Phone-Number-ID}/message_qrdls/{QR-Code-ID}': ofCode(),
  'DELETE /{Version}/{Phone-Number-ID}/message_qrdls/{QR-Code-ID}': ofCode(),
  'POST /{Version}/{Phone-Number-ID}/groups': onNumber({ body: { ...whatsapp, subject: 'Regulars' } }),
  'GET /{Version}/{Phone-Number-ID}/groups': by(async (stage, customer) => {
    await makeGroup(stage, customer);
    return { path: { 'Phone-Number-ID': customer.phoneNumberId } };
  }),
  'GET /{Version}/{group_id}': ofGroup({ query: { fields: 'id,subject,participants' } }),
  'POST /{Version}/{group_id}': ofGroup({ body: { ...whatsapp, subject: 'Early birds' } }),
  'DELETE /{Version}/{group_id}': ofGroup(),
  'POST /{Version}/{group_id}/invite_link': ofGroup({ body: whatsapp }),
  'DELETE /{Version}/{group_id}/invite_link': ofGroup({ body: whatsapp }),
  'GET /{Version}/{group_id}/join_requests': ofGroup(),
  'POST /{Version}/{group_id}/join_requests': ofGroup({ body: { ...whatsapp, join_requests: ['1'] } }),
  'DELETE /{Version}/{group_id}/join_requests': ofGroup({ body: { ...whatsapp, join_requests: ['1'] } }),
  'POST /{Version}/{group_id}/participants': ofGroup({
    body: { ...whatsapp, participants: [{ user: '14155550199' }] },
  }),
  'DELETE /{Version}/{group_id}/participants': ofGroup({
    body: { ...whatsapp, participants: [{ user: '14155550199' }] },
  }),
  'GET /{Version}/{WABA-ID}/flows': by(async (stage, customer) => {
    await makeFlow(stage, customer);
    return { path: { 'WABA-ID': customer.wabaId } };
  }),
  'POST /{Version}/{WABA-ID}/flows': by((_stage, { wabaId }) => ({
    path: { 'WABA-ID': wabaId },
    body: { name: 'Orders', categories: '["OTHER"]' },
    contentType: 'multipart/form-data',
  })),
  'POST /{Version}/{WABA-ID}/migrate_flows': by(async (stage, customer) => {
    const other = await stage.customer({ isRegistered: true });
    return {
      // The partner's, who sees both accounts.
      token: stage.partner.systemToken,
      path: { 'WABA-ID': customer.wabaId },
      body: { source_waba_id: other.wabaId, source_flow_names: '["Orders"]' },
      contentType: 'multipart/form-data',
    };
  }),
  'GET /{Version}/{Flow-ID}': ofFlow(),
  'POST /{Version}/{Flow-ID}': ofFlow({
    body: { name: 'Orders of the day' },
    contentType: 'multipart/form-data',
  }),
  'DELETE /{Version}/{Flow-ID}': ofFlow(),
  'GET /{Version}/{Flow-ID}/assets': ofFlow({}, 'written'),
  'POST /{Version}/{Flow-ID}/assets': ofFlow({
    body: { name: 'flow.json', asset_type: 'FLOW_JSON', file: flowJson },
    contentType: 'multipart/form-data',
  }),
  'POST /{Version}/{Flow-ID}/publish': ofFlow({}, 'written'),
  'POST /{Version}/{Flow-ID}/deprecate': ofFlow({}, 'published'),
  'GET /{Version}/{WABA-Bot-ID}': by(async (stage, { phoneNumberId, token }) => {
    await stage.prepare('POST', `/v26.0/${phoneNumberId}/conversational_automation`, token, {
      enable_welcome_message: true,
    });
    const bot = await stage.prepare('GET', `/v26.0/${phoneNumberId}?fields=conversational_automation`, token);
    return {
      path: { 'WABA-Bot-ID': String((bot.conversational_automation as { id: string } | undefined)?.id) },
    };
  }),
};
