import { dayMs } from '../../durations.ts';
import type { Phone } from '../../world/assets.ts';
import type { World } from '../../world/world.ts';

/**
 * Meta: Cloud API › Register a business phone number: a number is to be registered within 14 days of the signup
 * that verified it, or it must be verified again.
 */
const verificationMs = 14 * dayMs;

/** `code_verification_status`: whether its owner has shown to hold the number. */
export function verificationStatus(world: World, phone: Phone): 'VERIFIED' | 'NOT_VERIFIED' | 'EXPIRED' {
  if (phone.verifiedAt === null) return 'NOT_VERIFIED';
  if (phone.registered || phone.deregistered) return 'VERIFIED';
  return world.clock.now() < phone.verifiedAt + verificationMs ? 'VERIFIED' : 'EXPIRED';
}
