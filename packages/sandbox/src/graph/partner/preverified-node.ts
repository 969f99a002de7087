import { callingCode, digitsOf } from '../../phone-digits.ts';
import type { Business, PreverifiedNumber } from '../../world/assets.ts';
import { orderedOf } from '../../world/ordered.ts';
import { preverifiedWindows, removePreverified, verifyPreverified } from '../../world/preverified.ts';
import { businessFields } from '../business/business-fields.ts';
import { permissionDenied, requireSystemUser } from '../business/business-role.ts';
import { type Call, requirePermission } from '../frame/call.ts';
import { graphTime } from '../frame/graph-time.ts';
import { listing, type NodeType } from '../frame/node-type.ts';
import { sendCode, takeCode } from '../number/verification-code.ts';

/** Meta: WhatsApp Business Pre-Verified Phone Number, in the names of the guide and of the reference. */
export const preverifiedNode: NodeType<PreverifiedNumber> = {
  name: 'WhatsAppBusinessPreVerifiedPhoneNumber',
  // Who claims a number gets another object with another id, and this one is gone.
  find: (id, { world, caller }) => {
    const number = world.preverified.get(id);
    if (!number || number.claimedBy !== null || caller.kind === 'app') return undefined;
    const { businessId } = caller.token;
    return number.businessId === businessId || number.partners.has(businessId) ? number : undefined;
  },
  check: (_number, call) => {
    requireSystemUser(call);
    requirePermission(call.caller, 'business_management');
  },
  defaults: [
    'id',
    'phone_number',
    'code_verification_status',
    'verification_expiry_time',
    'is_input_id_valid',
  ],
  fields: {
    phone_number: (number) => number.displayNumber,
    display_phone_number: (number) => number.displayNumber,
    country_prefix: (number) => Number(callingCode(digitsOf(number.displayNumber))),
    code_verification_status: (number) => number.verification,
    verification_status: (number) => referenceStatus(number),
    availability_status: (number) => availability(number),
    code_verification_time: (number) =>
      number.verifiedAt === null ? undefined : graphTime(number.verifiedAt),
    verification_expiry_time: ({ verifiedAt }) =>
      verifiedAt === null ? undefined : graphTime(verifiedAt + preverifiedWindows.verifiedMs),
    created_time: (number) => new Date(number.createdAt).toISOString(),
    last_updated: (number) => new Date(number.verifiedAt ?? number.createdAt).toISOString(),
    owner_business: ({ businessId }, { world }) => ({
      name: world.businesses.get(businessId)?.name ?? '',
      id: businessId,
    }),
    is_input_id_valid: () => true,
  },
  remove: (number, call) => {
    requireOwner(number, call, "Your app doesn't have permission to delete this pre-verified phone number");
    removePreverified(call.world, number);
    return { success: true };
  },
  edges: {
    partners: {
      get: ({ partners }, { world }) =>
        listing(partnerNode, orderedOf([...partners].flatMap((id) => world.businesses.get(id) ?? []))),
    },
    request_code: {
      post: (number, call) => {
        requireOwner(number, call);
        sendCode(number, call, isFixed(number, call.world.clock.now()));
        return { success: true };
      },
    },
    verify_code: {
      // Meta: Pre-Verified Phone Number › Verify code › Rate limiting.
      quota: ({ businessId }) => ({ id: businessId, use: 'verification', callsPerHour: 125 }),
      post: (number, call) => {
        requireOwner(number, call);
        takeCode(number, call);
        verifyPreverified(call.world, number);
        return { success: true, id: number.id };
      },
    },
  },
};

/** A business that a number was shared with. It is nobody's to do anything with. */
const partnerNode: NodeType<Business> = {
  name: 'Business',
  find: () => undefined,
  defaults: ['id', 'name'],
  fields: businessFields,
};

/** The status in the reference's words. */
export function referenceStatus({ verification }: PreverifiedNumber): 'VERIFIED' | 'PENDING' | 'EXPIRED' {
  return verification === 'NOT_VERIFIED' ? 'PENDING' : verification;
}

export function availability({ verification }: PreverifiedNumber): 'AVAILABLE' | 'UNAVAILABLE' {
  return verification === 'VERIFIED' ? 'AVAILABLE' : 'UNAVAILABLE';
}

/** Meta: Pre-verified phone numbers › Limitations: verified again in the last 45 days alone. */
function isFixed({ verification, verifiedAt }: PreverifiedNumber, now: number): boolean {
  const { verifiedMs, renewalMs } = preverifiedWindows;
  return verification === 'VERIFIED' && now < (verifiedAt ?? 0) + verifiedMs - renewalMs;
}

/** A partner that it was shared with may show it, and no more. */
function requireOwner(
  number: PreverifiedNumber,
  call: Call,
  message = "Your app doesn't have permission to access this pre-verified phone number",
): void {
  if (requireSystemUser(call).businessId !== number.businessId) throw permissionDenied(message);
}
