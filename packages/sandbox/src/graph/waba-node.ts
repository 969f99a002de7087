import { appName } from '../credentials.ts';
import type { Waba, World } from '../world.ts';
import { edge, type Field, type NodeType, selectFields } from './fields.ts';
import { healthStatus } from './health.ts';
import { phoneNode } from './phone-node.ts';

/** A WhatsApp Business Account. Meta: WhatsApp Business Management API › WhatsApp Business Accounts. */
export function wabaNode(world: World): NodeType<Waba> {
  return {
    name: 'WhatsAppBusinessAccount',
    defaults: ['id', 'name', 'currency', 'timezone_id', 'message_template_namespace'],
    fields: {
      name: (waba) => waba.name,
      currency: (waba) => waba.currency,
      timezone_id: (waba) => waba.timezoneId,
      country: (waba) => waba.country,
      message_template_namespace: (waba) => waba.templateNamespace,
      account_review_status: () => 'APPROVED',
      business_verification_status: () => 'not_verified',
      ownership_type: () => 'CLIENT_OWNED',
      owner_business_info: (waba) => businessInfo(world, waba.businessId),
      on_behalf_of_business_info: (waba) => ({
        ...businessInfo(world, waba.businessId),
        status: 'APPROVED',
        type: 'SELF',
      }),
      primary_funding_id: (waba) => (waba.funded ? `${waba.id.slice(0, -1)}7` : undefined),
      is_enabled_for_insights: () => false,
      marketing_messages_lite_api_status: () => 'INELIGIBLE',
      health_status: (waba) => healthStatus(waba, null),
      phone_numbers: (waba, fields) => phoneNumbers(world, waba, fields),
      subscribed_apps: (waba) => subscribedApps(waba),
    },
  };
}

/** The edge `/{waba}/phone_numbers`. */
export function phoneNumbers(world: World, waba: Waba, fields: Field[] | null): Record<string, unknown> {
  const type = phoneNode(world);
  const phones = [...world.phones.values()].filter((phone) => phone.wabaId === waba.id);
  return edge(phones.map((phone) => selectFields(type, phone, fields)));
}

/** The edge `/{waba}/subscribed_apps`. Meta: WhatsApp Business Management API › Managing webhooks. */
export function subscribedApps(waba: Waba): Record<string, unknown> {
  const data = [...waba.subscribedApps].map((id) => ({
    whatsapp_business_api_data: {
      id,
      name: appName,
      link: `https://www.facebook.com/games/?app_id=${id}`,
    },
  }));
  return { data };
}

function businessInfo(world: World, id: string) {
  const business = world.businesses.get(id);
  return { name: business?.name ?? '', id };
}
