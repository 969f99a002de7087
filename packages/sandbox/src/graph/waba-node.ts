import type { Waba } from '../world/assets.ts';
import type { World } from '../world/world.ts';
import { requireAccess } from './access.ts';
import { healthStatus } from './health.ts';
import { listing, type NodeType } from './node-type.ts';
import { phoneNode } from './phone-node.ts';
import { maySeeWaba } from './waba-access.ts';

/** Meta: WhatsApp Business Management API › Rate limits: calls an hour before and after the first registration. */
const callsPerHour = { fresh: 200, registered: 5000 };

/** A WhatsApp Business Account. Meta: WhatsApp Business Management API › WhatsApp Business Accounts. */
export const wabaNode: NodeType<Waba> = {
  name: 'WhatsAppBusinessAccount',
  find: (id, call) => {
    const waba = call.world.wabas.get(id);
    return waba && maySeeWaba(call, waba) ? waba : undefined;
  },
  check: (waba, call) => requireAccess(call, 'whatsapp_business_management', waba.businessId),
  quota: ({ id, numbers }) => ({
    id,
    use: 'account',
    callsPerHour: [...numbers].some(({ registered }) => registered)
      ? callsPerHour.registered
      : callsPerHour.fresh,
  }),
  defaults: ['id', 'name', 'currency', 'timezone_id', 'message_template_namespace'],
  fields: {
    name: (waba) => waba.name,
    currency: (waba) => waba.currency,
    timezone_id: (waba) => waba.timezoneId,
    country: (waba) => waba.country,
    message_template_namespace: (waba) => waba.templateNamespace,
    account_review_status: (waba) => waba.reviewStatus,
    business_verification_status: (waba, { world }) => world.businesses.get(waba.businessId)?.verification,
    ownership_type: () => 'CLIENT_OWNED',
    owner_business_info: (waba, { world }) => businessInfo(world, waba.businessId),
    on_behalf_of_business_info: (waba, { world }) => ({
      ...businessInfo(world, waba.businessId),
      status: 'APPROVED',
      type: 'SELF',
    }),
    primary_funding_id: (waba) => waba.fundingId ?? undefined,
    is_enabled_for_insights: () => false,
    marketing_messages_lite_api_status: () => 'INELIGIBLE',
    health_status: (waba, call) => healthStatus(call, waba),
  },
  edges: {
    phone_numbers: { get: (waba) => listing(phoneNode, waba.numbers) },
    subscribed_apps: {
      get: (waba, { world }) => ({
        data: [...waba.subscriptions.values()].map(({ appId, override }) => ({
          whatsapp_business_api_data: {
            id: appId,
            name: world.apps.get(appId)?.name ?? '',
            link: `https://www.facebook.com/games/?app_id=${appId}`,
          },
          ...(override ? { override_callback_uri: override.callbackUrl } : {}),
        })),
      }),
      post: (waba, { caller }) => {
        waba.subscriptions.set(caller.app.id, { appId: caller.app.id, override: null });
        return { success: true };
      },
      delete: (waba, { caller }) => {
        waba.subscriptions.delete(caller.app.id);
        return { success: true };
      },
    },
  },
};

function businessInfo(world: World, id: string) {
  return { name: world.businesses.get(id)?.name ?? '', id };
}
