import type { Waba } from '../../world/assets.ts';
import type { World } from '../../world/world.ts';
import { requireAccess } from '../access/access.ts';
import { ownSystemUsers } from '../access/system-user-node.ts';
import type { Call, Caller } from '../frame/call.ts';
import { badParameter } from '../frame/errors.ts';
import { checkLength } from '../frame/input.ts';
import type { NodeType } from '../frame/node-type.ts';
import { accountEdges } from '../messaging/waba-edges.ts';
import { healthStatus } from '../number/health.ts';
import { assignedUsers } from '../partner/assigned-users.ts';
import { setMigrationIntent, wabaSolutions } from '../partner/waba-solutions.ts';
import { accountNumbers } from './account-numbers.ts';
import { subscribedApps } from './subscribed-apps.ts';
import { messageTemplates } from './templates.ts';
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
    primary_business_location: (waba) => waba.country,
    message_template_namespace: (waba) => waba.templateNamespace,
    status: (waba) => (waba.banState === 'DISABLE' ? 'DISABLED' : 'ACTIVE'),
    account_review_status: (waba) => waba.reviewStatus,
    business_verification_status: (waba, { world }) => world.businesses.get(waba.businessId)?.verification,
    ownership_type: (waba, { caller }) => (isOwner(waba, caller) ? 'SELF_OWNED' : 'CLIENT_OWNED'),
    owner_business: (waba, { world }) => businessInfo(world, waba.businessId),
    owner_business_info: (waba, { world }) => businessInfo(world, waba.businessId),
    on_behalf_of_business_info: (waba, { world }) => ({
      ...businessInfo(world, waba.businessId),
      status: 'APPROVED',
      type: 'SELF',
    }),
    primary_funding_id: (waba) => waba.fundingId ?? undefined,
    // Set in Meta Business Suite alone, and never by the sandbox.
    purchase_order_number: () => undefined,
    auth_international_rate_eligibility: () => undefined,
    is_enabled_for_insights: () => false,
    marketing_messages_lite_api_status: () => 'INELIGIBLE',
    health_status: (waba, call) => healthStatus(call, waba),
  },
  update: updateWaba,
  edges: {
    ...accountEdges,
    phone_numbers: accountNumbers,
    subscribed_apps: subscribedApps,
    message_templates: messageTemplates,
    assigned_users: assignedUsers,
    system_users: ownSystemUsers,
    solutions: wabaSolutions,
    set_solution_migration_intent: setMigrationIntent,
  },
};

/** The customer itself sees its own account; a partner sees a client's. */
function isOwner(waba: Waba, caller: Caller): boolean {
  return caller.kind === 'token' && caller.token.businessId === waba.businessId;
}

/** `POST /{waba}`: name and time zone. */
function updateWaba(waba: Waba, { parameters }: Call): { success: true } {
  const name = parameters.get('name');
  if (name !== undefined) checkLength('name', name, { least: 1, most: 100 });
  const timezone = parameters.get('timezone_id');
  if (timezone !== undefined && !/^\d{1,3}$/.test(timezone)) {
    throw badParameter('Invalid parameter', 'timezone_id must be the number of a time zone.');
  }
  waba.name = name ?? waba.name;
  waba.timezoneId = timezone ?? waba.timezoneId;
  return { success: true };
}

function businessInfo(world: World, id: string) {
  return { name: world.businesses.get(id)?.name ?? '', id };
}
