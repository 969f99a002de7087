import { madeUpBusiness, madeUpNumber } from './made-up.ts';
import type { AccountDetails, CodeOutcome } from './outcomes.ts';
import type { Business, Phone, Waba } from './world/assets.ts';
import { createBusiness, createPhone, createWaba } from './world/make.ts';
import type { World } from './world/world.ts';

/** What a signup connects. */
export interface Granted {
  /** At least one, newest first, as `debug_token` lists them. */
  wabas: Waba[];
  /** The number that the message names; none where the customer left without one. */
  phone: Phone | undefined;
}

/** Makes what the customer asked for, or takes the account and number of before that `details` names. */
export function grantAccounts(world: World, outcome: CodeOutcome, details: AccountDetails): Granted {
  const known = knownAccount(world, outcome, details);
  if (known) return { wabas: [known], phone: connectAgain(world, outcome, details, known) };
  const business = findBusiness(world, details);
  const wabas: Waba[] = [];
  for (let count = 0; count < (details.accounts ?? 1); count++) {
    wabas.unshift(makeAccount(world, outcome, details, business));
  }
  const numbers = wabas[0]?.numbers;
  return { wabas, phone: numbers?.at(numbers.size - 1) };
}

const hasNoNumber = (outcome: CodeOutcome) => outcome === 'finish-no-number' || outcome === 'only-waba';

/** Meta: Onboarding WhatsApp Business app users: whoever comes back with the same number keeps the account. */
function knownAccount(world: World, outcome: CodeOutcome, details: AccountDetails): Waba | undefined {
  if (details.wabaId !== undefined) return world.wabas.get(details.wabaId);
  const { businessId, displayNumber } = details;
  if (outcome !== 'coexistence' || businessId === undefined || displayNumber === undefined) return undefined;
  const owned = [...(world.businesses.get(businessId)?.owned ?? [])];
  return owned.find((waba) => findNumber(waba, displayNumber)?.onBusinessApp);
}

function findBusiness(world: World, details: AccountDetails): Business {
  const known = details.businessId === undefined ? undefined : world.businesses.get(details.businessId);
  return known ?? createBusiness(world, details.businessName || madeUpBusiness(world.random));
}

function makeAccount(world: World, outcome: CodeOutcome, details: AccountDetails, business: Business): Waba {
  const name = details.accountName || business.name;
  const waba = createWaba(world, business, { name, funded: details.funded ?? false });
  waba.country = details.country ?? waba.country;
  if (hasNoNumber(outcome)) return waba;
  for (let count = 0; count < (details.numbers ?? 1); count++) {
    addNumber(world, outcome, count === 0 ? details : { ...details, displayNumber: '' }, waba);
  }
  return waba;
}

/** The same account once more: nothing of it is lost, and the number counts as onboarded anew. */
function connectAgain(
  world: World,
  outcome: CodeOutcome,
  details: AccountDetails,
  waba: Waba,
): Phone | undefined {
  if (details.funded && waba.fundingId === null) waba.fundingId = world.newIdentity().id;
  if (hasNoNumber(outcome)) return undefined;
  const phone = takenNumber(world, outcome, details, waba);
  if (!phone) {
    const asksForOne = outcome !== 'app-only' && outcome !== 'obo-migration';
    return asksForOne ? addNumber(world, outcome, details, waba) : undefined;
  }
  phone.onboardedAt = world.clock.now();
  phone.pin = details.pin ?? phone.pin;
  phone.registered = details.registered ?? phone.registered;
  if (outcome === 'finish') phone.verifiedAt = world.clock.now();
  if (outcome === 'coexistence') putOnBusinessApp(world, phone, details);
  return phone;
}

/** The number that the customer named; the newest where none was named and it is as the outcome says. */
function takenNumber(
  world: World,
  outcome: CodeOutcome,
  details: AccountDetails,
  waba: Waba,
): Phone | undefined {
  if (details.phoneNumberId !== undefined) return world.phones.get(details.phoneNumberId);
  if (details.preverifiedId !== undefined) return undefined;
  if (details.displayNumber) return findNumber(waba, details.displayNumber);
  const newest = waba.numbers.at(waba.numbers.size - 1);
  return outcome === 'finish-unverified' && newest?.verifiedAt ? undefined : newest;
}

function findNumber(waba: Waba, displayNumber: string): Phone | undefined {
  return [...waba.numbers].find((phone) => digits(phone.displayNumber) === digits(displayNumber));
}

const digits = (displayNumber: string) => displayNumber.replace(/\D/g, '');

function addNumber(world: World, outcome: CodeOutcome, details: AccountDetails, waba: Waba): Phone {
  const phone = createPhone(world, waba, {
    displayNumber: givenNumber(world, details, waba) || madeUpNumber(world.random),
    verifiedName: details.displayName || waba.name,
    verified: outcome !== 'finish-unverified',
  });
  phone.pin = details.pin ?? null;
  phone.registered = details.registered ?? false;
  if (phone.registered) phone.quality = 'GREEN';
  phone.profile = { ...details.profile };
  if (outcome === 'coexistence') putOnBusinessApp(world, phone, details);
  return phone;
}

/** The number that the customer typed, or the partner's own that was taken. Meta: Pre-verified numbers. */
function givenNumber(world: World, details: AccountDetails, waba: Waba): string | undefined {
  const preverified =
    details.preverifiedId === undefined ? undefined : world.preverified.get(details.preverifiedId);
  if (preverified?.verification !== 'VERIFIED' || preverified.claimedBy !== null) {
    return details.displayNumber;
  }
  preverified.claimedBy = waba.id;
  return preverified.displayNumber;
}

/** Meta: Onboarding WhatsApp Business app users: connected at once, never registered, each sync once more. */
function putOnBusinessApp(world: World, phone: Phone, details: AccountDetails): void {
  phone.onBusinessApp = true;
  phone.verifiedAt = world.clock.now();
  phone.registered = true;
  phone.quality = 'GREEN';
  phone.sync = { contactsAt: null, historyAt: null, historyDeclined: details.historyDeclined ?? false };
}
