import { digitsOf } from '../../phone-digits.ts';
import type { Business, PreverifiedNumber } from '../../world/assets.ts';
import { addPreverified, isTaken } from '../../world/preverified.ts';
import { permissionDenied, requireAdmin, requireSystemUser } from '../business/business-role.ts';
import { type Call, requirePermission } from '../frame/call.ts';
import { badParameter } from '../frame/errors.ts';
import { optionalChoice, required } from '../frame/input.ts';
import { type Edge, listing } from '../frame/node-type.ts';
import { availability, preverifiedNode, referenceStatus } from './preverified-node.ts';

/** `POST /{business}/add_phone_numbers?phone_number=`. Meta: Pre-verified phone numbers › Step 1. */
export const addPhoneNumber: Edge<Business> = {
  post: (business, call) => {
    const { world, parameters } = call;
    const denied = "Your app doesn't have permission to add phone numbers to this business account";
    requirePermission(call.caller, 'business_management');
    if (requireAdmin(call, denied).businessId !== business.id) throw permissionDenied(denied);
    const text = required(parameters, 'phone_number');
    const digits = digitsOf(text);
    // ITU-T E.164: fifteen digits at most; no country has numbers of fewer than seven with its code.
    if (!/^\+?[\d\s().-]+$/.test(text) || !/^[1-9]\d{6,14}$/.test(digits)) {
      throw badParameter('Invalid phone number');
    }
    if (isTaken(world, digits)) throw badParameter('Phone number already registered');
    return { id: addPreverified(world, business, digits).id };
  },
};

/** What the list can be narrowed to, and the values that Meta lists for it. */
const narrowing: Readonly<
  Record<string, { values: readonly string[]; read: (number: PreverifiedNumber) => string }>
> = {
  code_verification_status: {
    values: ['VERIFIED', 'NOT_VERIFIED', 'EXPIRED'],
    read: (number) => number.verification,
  },
  verification_status: { values: ['VERIFIED', 'PENDING', 'FAILED', 'EXPIRED'], read: referenceStatus },
  availability_status: { values: ['AVAILABLE', 'IN_USE', 'RESERVED', 'UNAVAILABLE'], read: availability },
};

/** `GET /{business}/preverified_numbers`: its own and those shared with it, but none that a customer took. */
export const preverifiedNumbers: Edge<Business> = {
  get: (business, call) => {
    requirePermission(call.caller, 'business_management');
    if (requireSystemUser(call).businessId !== business.id) {
      throw permissionDenied(
        "Your app doesn't have permission to access pre-verified phone numbers for this business",
      );
    }
    const tests = readNarrowing(call);
    return listing(preverifiedNode, business.preverified, {
      visible: (number) => number.claimedBy === null && tests.every((test) => test(number)),
      defaults: [
        'id',
        'phone_number',
        'code_verification_status',
        'verification_expiry_time',
        'display_phone_number',
        'verification_status',
      ],
    });
  },
};

function readNarrowing({ parameters }: Call): ((number: PreverifiedNumber) => boolean)[] {
  return Object.entries(narrowing).flatMap(([name, { values, read }]) => {
    const wanted = optionalChoice(parameters, name, values);
    if (wanted === undefined) return [];
    return [(number: PreverifiedNumber) => read(number) === wanted];
  });
}
