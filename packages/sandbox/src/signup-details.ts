import type { AccountDetails, Outcome } from './outcomes.ts';
import { digitsOf } from './phone-digits.ts';
import type { App } from './world/access.ts';
import { isPartner } from './world/partner.ts';
import { isOffered } from './world/preverified.ts';
import type { World } from './world/world.ts';

/** Why a signup cannot be made: the field, and what is wrong with it, to stand behind its name. */
export interface DetailsProblem {
  field: keyof AccountDetails;
  reason: string;
}

/**
 * What `details` names must be there, belong together and be the customer's to give. `app` is whose dialog it is;
 * null where that is not known yet. Null: nothing is wrong.
 */
export function findProblem(
  world: World,
  outcome: Outcome,
  details: AccountDetails,
  app: App | null,
): DetailsProblem | null {
  const { wabaId, phoneNumberId, personId } = details;
  if (wabaId !== undefined && !world.wabas.has(wabaId)) return unknown('wabaId', 'account');
  const ownerProblem = checkOwner(world, details);
  if (ownerProblem) return ownerProblem;
  const isOfAccount =
    phoneNumberId === undefined ||
    (wabaId !== undefined && world.phones.get(phoneNumberId)?.wabaId === wabaId);
  if (!isOfAccount) return { field: 'phoneNumberId', reason: 'is no number of the account of "wabaId"' };
  if (personId !== undefined && !world.people.has(personId)) return unknown('personId', 'person');
  return checkNumber(world, outcome, details) ?? checkPreverified(world, details, app);
}

/** Meta: Embedded Signup › Overview: the customer's portfolio is another than the partner's. */
function checkOwner(world: World, { wabaId, businessId }: AccountDetails): DetailsProblem | null {
  const waba = wabaId === undefined ? undefined : world.wabas.get(wabaId);
  if (businessId !== undefined && !world.businesses.has(businessId)) return unknown('businessId', 'business');
  if (waba && businessId !== undefined && waba.businessId !== businessId) {
    return { field: 'businessId', reason: 'does not own the account of "wabaId"' };
  }
  if (businessId !== undefined && isPartner(world, businessId)) {
    return { field: 'businessId', reason: 'is the portfolio of a partner, not of a customer' };
  }
  if (waba && isPartner(world, waba.businessId)) {
    return { field: 'wabaId', reason: 'is an account of a partner, not of a customer' };
  }
  return null;
}

/**
 * A number lives in one account; whoever comes back with one of the app keeps that. Meta: Embedded Signup › Flow
 * errors › 2655093.
 */
function checkNumber(world: World, outcome: Outcome, details: AccountDetails): DetailsProblem | null {
  const { wabaId, businessId, displayNumber } = details;
  if (!displayNumber) return null;
  const holder = [...world.phones.values()].find(
    (phone) => phone.migratedTo === null && digitsOf(phone.displayNumber) === digitsOf(displayNumber),
  );
  if (!holder || holder.wabaId === wabaId) return null;
  const owner = world.wabas.get(holder.wabaId)?.businessId;
  const comesBack = outcome === 'coexistence' && holder.onBusinessApp && owner === businessId;
  if (comesBack && wabaId === undefined) return null;
  return { field: 'displayNumber', reason: `is a number of the account ${holder.wabaId} already` };
}

/** Meta: Pre-verified numbers: verified, claimed by nobody, and of the partner or shared with it. */
function checkPreverified(
  world: World,
  { preverifiedId }: AccountDetails,
  app: App | null,
): DetailsProblem | null {
  if (preverifiedId === undefined) return null;
  const number = world.preverified.get(preverifiedId);
  if (!number) return unknown('preverifiedId', 'pre-verified number');
  if (number.claimedBy !== null) return { field: 'preverifiedId', reason: 'is on an account already' };
  if (number.verification !== 'VERIFIED') {
    return { field: 'preverifiedId', reason: `is ${number.verification}, not VERIFIED` };
  }
  const isTheirs = app === null || isOffered(number, app.businessId);
  return isTheirs ? null : { field: 'preverifiedId', reason: 'is no number of the partner’s' };
}

const unknown = (field: keyof AccountDetails, what: string): DetailsProblem => ({
  field,
  reason: `is no ${what} of this sandbox`,
});
