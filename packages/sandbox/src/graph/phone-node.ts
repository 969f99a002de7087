import type { Phone } from '../world/assets.ts';
import { requirePermission } from './call.ts';
import { healthStatus } from './health.ts';
import type { NodeType } from './node-type.ts';
import { register } from './register.ts';
import { maySeeWaba } from './waba-node.ts';

/** A business phone number. Meta: WhatsApp Business Management API › Phone numbers. */
export const phoneNode: NodeType<Phone> = {
  name: 'WhatsAppBusinessPhoneNumber',
  find: (id, call) => {
    const phone = call.world.phones.get(id);
    const waba = phone && call.world.wabas.get(phone.wabaId);
    return waba && maySeeWaba(call, waba) ? phone : undefined;
  },
  check: (_phone, { caller }) => requirePermission(caller, 'whatsapp_business_management'),
  defaults: [
    'verified_name',
    'code_verification_status',
    'display_phone_number',
    'quality_rating',
    'platform_type',
    'throughput',
    'last_onboarded_time',
    'id',
  ],
  fields: {
    display_phone_number: (phone) => phone.displayNumber,
    verified_name: (phone) => phone.verifiedName,
    status: (phone) => (phone.registered ? 'CONNECTED' : 'PENDING'),
    quality_rating: (phone) => phone.quality,
    code_verification_status: (phone) => (phone.verified ? 'VERIFIED' : 'NOT_VERIFIED'),
    name_status: (phone) => phone.nameStatus,
    new_name_status: (phone) => phone.newName?.status ?? 'NONE',
    platform_type: (phone) => (phone.registered ? 'CLOUD_API' : 'NOT_APPLICABLE'),
    host_platform: (phone) => (phone.registered ? 'CLOUD_API' : 'NOT_APPLICABLE'),
    throughput: (phone) => ({ level: phone.registered ? 'STANDARD' : 'NOT_APPLICABLE' }),
    is_on_biz_app: (phone) => phone.onBusinessApp,
    is_official_business_account: () => false,
    is_pin_enabled: (phone) => phone.pin !== null,
    account_mode: () => 'LIVE',
    messaging_limit_tier: (phone) => (phone.registered ? 'TIER_250' : undefined),
    last_onboarded_time: (phone) => new Date(phone.onboardedAt).toISOString().replace(/\.\d+Z$/, '+0000'),
    search_visibility: () => 'NON_VISIBLE',
    health_status: (phone, { world, caller }) => {
      const waba = world.wabas.get(phone.wabaId);
      return waba && healthStatus(caller.app.id, waba, phone);
    },
  },
  edges: {
    register: { post: register },
  },
};
