import { secondPartner } from '../../../credentials.ts';
import type { Drive, Stage } from '../stage.ts';
import { active } from './solution.ts';

/** A verified number of the partner's, free to be taken. */
async function preverifiedNumber(stage: Stage): Promise<string> {
  const { businessId, systemToken } = stage.partner;
  const made = await stage.prepare('POST', `/v26.0/${businessId}/add_phone_numbers`, systemToken, {
    phone_number: `+1415555${stage.next()}`,
  });
  return String(made.id);
}

const preverifiedPath = async (stage: Stage) => ({
  'Pre-Verified-Phone-Number-ID': await preverifiedNumber(stage),
});

/** Reads the code that was sent, as the one who holds the phone would. */
async function sentCode(stage: Stage, id: string): Promise<string> {
  const state = (await (await fetch(`${stage.sandbox.url}/_sandbox/state`)).json()) as Record<
    string,
    { id: string; sentCode: { code: string } | null }[]
  >;
  const number = [...(state.preverifiedNumbers ?? []), ...(state.phoneNumbers ?? [])].find(
    (one) => one.id === id,
  );
  return number?.sentCode?.code ?? 'none was sent';
}

export { sentCode };

const ofPartner =
  (more: object = {}): Drive =>
  ({ partner }) => ({ token: partner.systemToken, path: { 'Business-ID': partner.businessId }, ...more });

export const business: Record<string, Drive> = {
  'GET /{Version}/{Application-ID}/connected_client_businesses': async (stage) => {
    await stage.customer();
    return {
      token: stage.partner.appToken,
      path: { 'Application-ID': stage.partner.appId },
      query: { limit: '10' },
    };
  },
  'GET /{Version}/{Business-ID}': ofPartner({ query: { fields: 'id,name,timezone_id' } }),
  'GET /{Version}/{Business-ID}/client_whatsapp_business_accounts': async (stage) => {
    await stage.customer();
    return ofPartner({ query: { limit: '10' } })(stage);
  },
  'GET /{Version}/{Business-ID}/owned_whatsapp_business_accounts': async (stage) => {
    const { token, businessId } = await stage.customer();
    return { token, path: { 'Business-ID': businessId } };
  },
  'GET /{Version}/{Business-ID}/extendedcredits': ofPartner(),
  'POST /{Version}/{Business-ID}/onboard_partners_to_mm_lite': async (stage) => ({
    token: stage.partner.systemToken,
    path: { 'Business-ID': (await stage.customer()).businessId },
  }),
  'POST /{Version}/{Business-ID}/add_phone_numbers': ofPartner({ body: { phone_number: '+14155550111' } }),
  'GET /{Version}/{Business-ID}/preverified_numbers': async (stage) => {
    await preverifiedNumber(stage);
    return ofPartner({ query: { limit: '5' } })(stage);
  },
  'POST /{Version}/{Business-ID}/share_preverified_numbers': async (stage) => {
    await active(stage);
    return {
      ...(await ofPartner()(stage)),
      body: {
        preverified_id: await verifiedNumber(stage),
        partner_business_id: secondPartner.businessId,
      },
    };
  },
  'GET /{Version}/{Pre-Verified-Phone-Number-ID}': async (stage) => ({
    token: stage.partner.systemToken,
    path: await preverifiedPath(stage),
  }),
  'DELETE /{Version}/{Pre-Verified-Phone-Number-ID}': async (stage) => ({
    token: stage.partner.systemToken,
    path: await preverifiedPath(stage),
  }),
  'GET /{Version}/{Pre-Verified-Phone-Number-ID}/partners': async (stage) => {
    await active(stage);
    const { systemToken, businessId } = stage.partner;
    const id = await verifiedNumber(stage);
    await stage.prepare('POST', `/v26.0/${businessId}/share_preverified_numbers`, systemToken, {
      preverified_id: id,
      partner_business_id: secondPartner.businessId,
    });
    return { token: systemToken, path: { 'Pre-Verified-Phone-Number-ID': id } };
  },
  'POST /{Version}/{Pre-Verified-Phone-Number-ID}/request_code': async (stage) => ({
    token: stage.partner.systemToken,
    path: await preverifiedPath(stage),
    body: { code_method: 'SMS', language: 'en_US' },
  }),
  'POST /{Version}/{Pre-Verified-Phone-Number-ID}/verify_code': async (stage) => {
    const path = await preverifiedPath(stage);
    const id = path['Pre-Verified-Phone-Number-ID'];
    await requestCode(stage, id);
    return { token: stage.partner.systemToken, path, body: { code: await sentCode(stage, id) } };
  },
  'GET /{Version}/{User-ID}/assigned_whatsapp_business_accounts': async (stage) => {
    const { wabaId } = await stage.customer();
    const { systemToken, systemUserId } = stage.partner;
    await stage.prepare('POST', `/v26.0/${wabaId}/assigned_users`, systemToken, {
      user: systemUserId,
      tasks: ['MANAGE'],
    });
    return { token: systemToken, path: { 'User-ID': systemUserId } };
  },
};

async function requestCode(stage: Stage, id: string): Promise<void> {
  await stage.prepare('POST', `/v26.0/${id}/request_code`, stage.partner.systemToken, {
    code_method: 'SMS',
    language: 'en_US',
  });
}

async function verifiedNumber(stage: Stage): Promise<string> {
  const id = await preverifiedNumber(stage);
  await requestCode(stage, id);
  await stage.prepare('POST', `/v26.0/${id}/verify_code`, stage.partner.systemToken, {
    code: await sentCode(stage, id),
  });
  return id;
}
