import { dayMs } from '../durations.ts';
import { digitsOf, displayNumber } from '../phone-digits.ts';
import type { Business, PreverifiedNumber } from './assets.ts';
import type { World } from './world.ts';

/** Meta: Pre-verified phone numbers › Limitations. */
export const preverifiedWindows = {
  /** Not verified within it, a number leaves the pool. */
  toVerifyMs: 90 * dayMs,
  /** Not claimed within it, a verified number has to be verified again. */
  verifiedMs: 90 * dayMs,
  /** How long before the end it can be verified again. */
  renewalMs: 45 * dayMs,
};

/** Puts a number into a partner's pool. It goes again by itself unless it is verified in time. */
export function addPreverified(world: World, business: Business, digits: string): PreverifiedNumber {
  const now = world.clock.now();
  const number: PreverifiedNumber = {
    ...world.newIdentity(),
    businessId: business.id,
    displayNumber: displayNumber(digits),
    verification: 'NOT_VERIFIED',
    verifiedAt: null,
    sentCode: null,
    codeRequests: [],
    partners: new Set(),
    claimedBy: null,
    createdAt: now,
  };
  world.preverified.set(number.id, number);
  business.preverified.add(number);
  world.clock.schedule(now + preverifiedWindows.toVerifyMs, () => {
    if (number.verifiedAt === null) removePreverified(world, number);
  });
  return number;
}

/** Verified from now on, until the window ends. */
export function verifyPreverified(world: World, number: PreverifiedNumber): void {
  const now = world.clock.now();
  number.verification = 'VERIFIED';
  number.verifiedAt = now;
  world.clock.schedule(now + preverifiedWindows.verifiedMs, () => {
    if (number.verifiedAt === now && number.claimedBy === null) number.verification = 'EXPIRED';
  });
}

export function removePreverified(world: World, number: PreverifiedNumber): void {
  world.preverified.delete(number.id);
  for (const id of [number.businessId, ...number.partners]) {
    world.businesses.get(id)?.preverified.remove(number);
  }
}

/** Does anybody have this number already, in a pool or on an account? */
export function isTaken(world: World, digits: string): boolean {
  const isIt = (number: { displayNumber: string }) => digitsOf(number.displayNumber) === digits;
  return [...world.preverified.values()].some(isIt) || [...world.phones.values()].some(isIt);
}

/** Whether a partner may give the number away now. */
export function isOffered(number: PreverifiedNumber, partnerId: string): boolean {
  const isFree = number.verification === 'VERIFIED' && number.claimedBy === null;
  return isFree && (number.businessId === partnerId || number.partners.has(partnerId));
}
