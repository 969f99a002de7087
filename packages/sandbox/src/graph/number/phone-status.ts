import type { Phone, Waba } from '../../world/assets.ts';
import type { World } from '../../world/world.ts';
import { verificationStatus } from './verification.ts';

/** `status` of a number. Meta: WhatsApp Business Phone Number › status, an open list. */
export function phoneStatus(world: World, waba: Waba, phone: Phone): string {
  if (phone.migratedTo !== null) return 'MIGRATED';
  if (waba.banState === 'DISABLE') return 'BANNED';
  if (phone.registered) return 'CONNECTED';
  if (phone.deregistered) return 'DISCONNECTED';
  return verificationStatus(world, phone) === 'VERIFIED' ? 'PENDING' : 'UNVERIFIED';
}

/** Meta: Messaging limits: a portfolio starts with 250 customers in 24 hours, and has more once it is verified. */
export function messagingTier(world: World, waba: Waba, phone: Phone): string | undefined {
  if (!phone.registered) return undefined;
  return world.businesses.get(waba.businessId)?.verification === 'verified' ? 'TIER_1K' : 'TIER_250';
}

/** The dial code of a number that is printed as `+1 415-555-0134`. */
export function dialCode({ displayNumber }: Phone): string {
  return /^\+(\d+)/.exec(displayNumber)?.[1] ?? '';
}

/** `unified_cert_status`: account and name together, as Meta's OpenAPI file has it. */
export function certificateStatus(waba: Waba, phone: Phone): string {
  if (waba.reviewStatus === 'PENDING') return 'ACCOUNT_REVIEW_NOT_STARTED';
  if (phone.nameStatus === 'PENDING_REVIEW') return 'NAME_PENDING_REVIEW';
  if (phone.nameStatus === 'APPROVED' || phone.nameStatus === 'AVAILABLE_WITHOUT_REVIEW') return 'APPROVED';
  return 'NAME_NOT_APPROVED';
}

/** What On-Premises clients were set up with; made of what it certifies. */
export function certificate(world: World, phone: Phone): string | undefined {
  const isCertified = phone.nameStatus === 'APPROVED' || phone.nameStatus === 'AVAILABLE_WITHOUT_REVIEW';
  if (!isCertified || verificationStatus(world, phone) !== 'VERIFIED') return undefined;
  return Buffer.from(`${phone.id} ${phone.verifiedName}`).toString('base64');
}
