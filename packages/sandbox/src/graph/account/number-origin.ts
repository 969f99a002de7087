import { digitsOf, displayNumber } from '../../phone-digits.ts';
import type { Phone, PreverifiedNumber, Waba } from '../../world/assets.ts';
import type { World } from '../../world/world.ts';
import type { Call } from '../frame/call.ts';
import { badParameter, GraphError } from '../frame/errors.ts';
import { required } from '../frame/input.ts';

// Where a number that is added to an account comes from: typed, verified beforehand, or moved from another account.

/** `cc` and the national number, or all of it in `phone_number`, as Meta's two descriptions have it. */
export function askedNumber(parameters: Call['parameters']): string {
  const number = required(parameters, 'phone_number').replace(/[\s()+-]/g, '');
  const dialCode = parameters.get('cc')?.replace(/^\+/, '') ?? '';
  if (!/^\d{0,3}$/.test(dialCode)) throw badParameter('Invalid parameter', 'cc must be 1 to 3 digits.');
  const isWhole = dialCode === '' || (number.length > 10 && number.startsWith(dialCode));
  const whole = isWhole ? number : `${dialCode}${number}`;
  if (!/^[1-9]\d{6,14}$/.test(whole)) {
    throw badParameter('Invalid parameter', 'phone_number must be in E.164 format.');
  }
  return displayNumber(whole);
}

/** A number of the partner's own that was verified beforehand. Meta: Pre-verified numbers. */
export function takenNumber(waba: Waba, { world, caller, parameters }: Call): PreverifiedNumber | null {
  const id = parameters.get('preverified_id');
  if (id === undefined) return null;
  const number = world.preverified.get(id);
  const business = caller.app.businessId;
  const isReachable =
    number !== undefined &&
    [number.businessId, ...number.partners].some((one) => one === business || one === waba.businessId);
  if (!isReachable || number.verification !== 'VERIFIED' || number.claimedBy !== null) {
    throw badParameter('Invalid parameter', 'preverified_id must name a verified number that is free.');
  }
  return number;
}

/** Nothing to move, and nobody else's: a number lives in one account. */
export function refuseKnown(world: World, waba: Waba, displayNumber: string): void {
  const holder = findNumber(world, displayNumber);
  if (holder?.wabaId === waba.id) {
    throw numberRefusal(2388012, 'The phone number already exists in your WhatsApp Business account.');
  }
  if (holder) {
    throw numberRefusal(
      2388002,
      'The phone number is already registered to another WhatsApp Business account.',
    );
  }
}

/** Meta: Migrate a number between accounts › Requirements, each with the sentence of Meta's error codes. */
export function migrationSource(world: World, waba: Waba, displayNumber: string): Phone {
  const source = findNumber(world, displayNumber);
  if (!source) {
    throw numberRefusal(
      2388103,
      'This phone number is eligible to be added directly, and does not need to use phone migration APIs.',
    );
  }
  if (source.wabaId === waba.id) {
    throw numberRefusal(
      2388012,
      'The phone number you are trying to migrate is already present in your WhatsApp account.',
    );
  }
  if (source.pin !== null) {
    throw numberRefusal(2388001, 'Two-step authentication must be disabled for this phone number.');
  }
  if (waba.subscriptions.size === 0) {
    throw numberRefusal(
      2388103,
      'Webhooks have not been set up for the destination WhatsApp Business account.',
    );
  }
  if (source.nameStatus !== 'APPROVED' && source.nameStatus !== 'AVAILABLE_WITHOUT_REVIEW') {
    throw numberRefusal(2388103, 'The business phone number must have an approved display name.');
  }
  return source;
}

/** The number where it lives now; one that was moved away is another account's. */
function findNumber(world: World, displayNumber: string): Phone | undefined {
  const digits = digitsOf(displayNumber);
  for (const phone of world.phones.values()) {
    if (phone.migratedTo === null && digitsOf(phone.displayNumber) === digits) return phone;
  }
  return undefined;
}

/** 100 with a subcode. Meta: Error codes › Phone number migration. */
export function numberRefusal(subcode: number, message: string): GraphError {
  return new GraphError({
    message: `(#100) ${message}`,
    type: 'OAuthException',
    code: 100,
    subcode,
    details: message,
  });
}
