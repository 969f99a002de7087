import type { Phone } from '../../world/assets.ts';
import { requireAccess, requireReach } from '../access/access.ts';
import { maySeeWaba, wabaOf } from '../account/waba-access.ts';
import { type Call, hasPermission } from '../frame/call.ts';
import { graphTime } from '../frame/graph-time.ts';
import type { NodeType } from '../frame/node-type.ts';
import { messagingEdges, messagingFields } from '../messaging/phone-edges.ts';
import { requestAppData } from './app-data.ts';
import { blockUsers } from './block-users.ts';
import { businessProfile } from './business-profile.ts';
import { newNameStatus } from './display-name.ts';
import { healthStatus } from './health.ts';
import { numberSettings } from './number-settings.ts';
import { certificate, certificateStatus, dialCode, messagingTier, phoneStatus } from './phone-status.ts';
import { updatePhone } from './phone-update.ts';
import { deregister, register } from './register.ts';
import { verificationStatus } from './verification.ts';
import { sendCode, takeCode } from './verification-code.ts';

/** A business phone number. Meta: WhatsApp Business Management API › Phone numbers. */
export const phoneNode: NodeType<Phone> = {
  name: 'WhatsAppBusinessPhoneNumber',
  find: (id, call) => {
    const phone = call.world.phones.get(id);
    return phone && maySeeWaba(call, wabaOf(call, phone)) ? phone : undefined;
  },
  // Either permission reads a number; what changes it says itself what it needs.
  check: (phone, call) => {
    const { businessId } = wabaOf(call, phone);
    if (hasPermission(call.caller, 'whatsapp_business_messaging')) {
      requireReach(call, 'whatsapp_business_messaging', businessId);
    } else requireAccess(call, 'whatsapp_business_management', businessId);
  },
  defaults: [
    'verified_name',
    'code_verification_status',
    'display_phone_number',
    'quality_rating',
    'platform_type',
    'throughput',
    'last_onboarded_time',
    'webhook_configuration',
    'id',
  ],
  fields: {
    display_phone_number: (phone) => phone.displayNumber,
    country_code: (phone, call) => wabaOf(call, phone).country,
    country_dial_code: (phone) => dialCode(phone),
    verified_name: (phone) => phone.verifiedName,
    status: (phone, call) => phoneStatus(call.world, wabaOf(call, phone), phone),
    quality_rating: (phone) => phone.quality,
    quality_score: (phone) => ({ score: phone.quality }),
    code_verification_status: (phone, { world }) => verificationStatus(world, phone),
    name_status: (phone) => phone.nameStatus,
    new_display_name: (phone) => phone.newName?.name,
    new_name_status: (phone, { world }) => newNameStatus(world, phone),
    unified_cert_status: (phone, call) => certificateStatus(wabaOf(call, phone), phone),
    certificate: (phone, { world }) => certificate(world, phone),
    platform_type: (phone) => (phone.registered ? 'CLOUD_API' : 'NOT_APPLICABLE'),
    host_platform: (phone) => (phone.registered ? 'CLOUD_API' : 'NOT_APPLICABLE'),
    throughput: (phone) => ({ level: phone.registered ? 'STANDARD' : 'NOT_APPLICABLE' }),
    is_on_biz_app: (phone) => phone.onBusinessApp,
    is_official_business_account: () => false,
    is_pin_enabled: (phone) => phone.pin !== null,
    account_mode: () => 'LIVE',
    messaging_limit_tier: (phone, call) => messagingTier(call.world, wabaOf(call, phone), phone),
    last_onboarded_time: (phone) => graphTime(phone.onboardedAt),
    search_visibility: (phone) => (phone.searchable ? 'VISIBLE' : 'NON_VISIBLE'),
    username: (phone) => phone.username ?? undefined,
    webhook_configuration: webhookConfiguration,
    ...messagingFields,
    health_status: (phone, call) => healthStatus(call, wabaOf(call, phone), { phone }),
  },
  update: (phone, call) => {
    mayManage(phone, call);
    return updatePhone(phone, call);
  },
  edges: {
    register: { post: register, check: mayManage },
    deregister: { post: deregister, check: mayManage },
    request_code: { post: requestCode, check: mayManage },
    verify_code: { post: verifyCode, check: mayManage },
    ...messagingEdges,
    settings: { ...numberSettings, check: mayManage },
    smb_app_data: { post: requestAppData, check: mayManage },
    whatsapp_business_profile: businessProfile,
    block_users: blockUsers,
  },
};

/** Meta: Permissions: messaging alone sends and reads, and changes nothing. */
function mayManage(phone: Phone, call: Call): void {
  requireAccess(call, 'whatsapp_business_management', wabaOf(call, phone).businessId);
}

function requestCode(phone: Phone, call: Call): { success: true } {
  sendCode(phone, call, verificationStatus(call.world, phone) === 'VERIFIED');
  return { success: true };
}

function verifyCode(phone: Phone, call: Call): { success: true; id: string } {
  takeCode(phone, call);
  phone.verifiedAt = call.world.clock.now();
  return { success: true, id: phone.id };
}

/** The addresses that message traffic can go to, the first of which it takes. Meta: Webhooks › Override. */
function webhookConfiguration(phone: Phone, call: Call): Record<string, string> {
  const { app } = call.caller;
  const ofWaba = wabaOf(call, phone).subscriptions.get(app.id)?.override;
  const ofApp = app.subscriptions.get('whatsapp_business_account')?.callbackUrl;
  return {
    ...(phone.override ? { phone_number: phone.override.callbackUrl } : {}),
    ...(ofWaba ? { whatsapp_business_account: ofWaba.callbackUrl } : {}),
    ...(ofApp ? { application: ofApp } : {}),
  };
}
