import type { Phone, World } from '../world.ts';
import type { NodeType } from './fields.ts';
import { healthStatus } from './health.ts';

/** A business phone number. Meta: WhatsApp Business Management API › Phone numbers. */
export function phoneNode(world: World): NodeType<Phone> {
  return {
    name: 'WhatsAppBusinessPhoneNumber',
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
      quality_rating: (phone) => (phone.registered ? 'GREEN' : 'UNKNOWN'),
      code_verification_status: (phone) => (phone.verified ? 'VERIFIED' : 'NOT_VERIFIED'),
      name_status: () => 'AVAILABLE_WITHOUT_REVIEW',
      new_name_status: () => 'NONE',
      platform_type: (phone) => (phone.registered ? 'CLOUD_API' : 'NOT_APPLICABLE'),
      host_platform: (phone) => (phone.registered ? 'CLOUD_API' : 'NOT_APPLICABLE'),
      throughput: (phone) => ({ level: phone.registered ? 'STANDARD' : 'NOT_APPLICABLE' }),
      is_on_biz_app: () => false,
      is_official_business_account: () => false,
      is_pin_enabled: (phone) => phone.pin !== null,
      account_mode: () => 'LIVE',
      messaging_limit_tier: (phone) => (phone.registered ? 'TIER_250' : undefined),
      last_onboarded_time: (phone) => new Date(phone.onboardedAt).toISOString().replace(/\.\d+Z$/, '+0000'),
      search_visibility: () => 'NON_VISIBLE',
      health_status: (phone) => {
        const waba = world.wabas.get(phone.wabaId);
        return waba && healthStatus(waba, phone);
      },
    },
  };
}
