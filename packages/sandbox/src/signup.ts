import { fixedCredentials } from './credentials.ts';
import { madeUpBusiness, madeUpNumber } from './made-up.ts';
import type { AccountDetails, CodeOutcome } from './outcomes.ts';
import { randomDigits, randomText } from './random.ts';
import type { Phone, World } from './world.ts';

/** The dialog's message, as it stands in the JSON string that it posts. */
export interface SignupMessage {
  type: 'WA_EMBEDDED_SIGNUP';
  event: string;
  data: Record<string, string>;
  /** 3 in flows before v4. Meta: WhatsApp Embedded Signup › Versions. */
  version?: 3;
}

/** A finished dialog: the one-time code, and the message about the account it made. */
export interface FinishedSignup {
  code: string;
  event: SignupMessage;
}

/**
 * Ends a signup: makes a portfolio, an account and (but for `finish-no-number`) a number, and a code whose
 * token will name only them.
 */
export function finishSignup(
  world: World,
  options: { outcome: CodeOutcome; details?: AccountDetails },
): FinishedSignup {
  const details = options.details ?? {};
  const business = makeBusiness(world, details);
  const waba = makeWaba(world, details, business.id, business.name);
  const phone =
    options.outcome === 'finish-no-number'
      ? null
      : makePhone(world, details, waba.id, waba.name, options.outcome === 'finish');
  const code = `AQ${randomText(world.random, 60)}`;
  world.codes.set(code, {
    code,
    appId: fixedCredentials.appId,
    wabaId: waba.id,
    businessId: business.id,
    issuedAt: world.clock.now(),
    usedAt: null,
  });
  // Meta: WhatsApp Embedded Signup › Implementation. A finish without a number has no phone_number_id.
  const data = {
    ...(phone ? { phone_number_id: phone.id } : {}),
    waba_id: waba.id,
    business_id: business.id,
  };
  return { code, event: { type: 'WA_EMBEDDED_SIGNUP', event: 'FINISH', data } };
}

function makeBusiness(world: World, details: AccountDetails) {
  const business = {
    id: randomDigits(world.random, 15),
    name: details.businessName || madeUpBusiness(world.random),
  };
  world.businesses.set(business.id, business);
  return business;
}

function makeWaba(world: World, details: AccountDetails, businessId: string, businessName: string) {
  const waba = {
    id: randomDigits(world.random, 15),
    name: details.accountName || businessName,
    businessId,
    currency: 'USD',
    timezoneId: '1',
    country: 'US',
    templateNamespace: randomText(world.random, 32).toLowerCase(),
    funded: details.funded ?? false,
    createdAt: world.clock.now(),
    subscribedApps: new Set<string>(),
  };
  world.wabas.set(waba.id, waba);
  return waba;
}

function makePhone(
  world: World,
  details: AccountDetails,
  wabaId: string,
  accountName: string,
  verified: boolean,
): Phone {
  const phone: Phone = {
    id: randomDigits(world.random, 15),
    wabaId,
    displayNumber: details.displayNumber || madeUpNumber(world.random),
    verifiedName: details.displayName || accountName,
    verified,
    registered: details.registered ?? false,
    pin: details.pin ?? null,
    onboardedAt: world.clock.now(),
    registrations: [],
  };
  world.phones.set(phone.id, phone);
  return phone;
}
