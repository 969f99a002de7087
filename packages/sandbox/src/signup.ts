import { fixedCredentials } from './credentials.ts';
import { madeUpBusiness, madeUpNumber } from './made-up.ts';
import type { AccountDetails, CodeOutcome } from './outcomes.ts';
import { randomText } from './random.ts';
import type { Business, Phone, PreverifiedNumber, Waba } from './world/assets.ts';
import { createPhone, createWaba } from './world/make.ts';
import { createBusiness, people } from './world/seed.ts';
import type { World } from './world/world.ts';

/** The dialog's message, as it stands in the JSON string that it posts. */
export interface SignupMessage {
  type: 'WA_EMBEDDED_SIGNUP';
  event: string;
  data: SignupIds;
  /** 3 in flows before v4. Meta: WhatsApp Embedded Signup › Versions. */
  version?: 3;
}

/** What a finish event names. Meta: WhatsApp Embedded Signup › Implementation. */
export interface SignupIds {
  waba_id: string;
  /** Absent where there is no number. */
  phone_number_id?: string;
  business_id?: string;
  /** Where several accounts were granted. */
  waba_ids?: string[];
}

/** A finished dialog: the one-time code, and the message about the account it made. */
export interface FinishedSignup {
  code: string;
  event: SignupMessage;
}

/** Who ended the dialog, and of which app and configuration it was. */
export interface SignupOptions {
  outcome: CodeOutcome;
  details?: AccountDetails;
  appId?: string;
  configId?: string;
  personId?: string;
  solutionId?: string | null;
  /** Null: the JavaScript SDK's. */
  redirectUri?: string | null;
}

/**
 * Ends a signup: makes a portfolio, an account and, where the outcome has one, a number (or takes those of
 * before that `details` names), and a code whose token will name only these accounts.
 */
export function finishSignup(world: World, options: SignupOptions): FinishedSignup {
  const { outcome, details = {}, appId = fixedCredentials.appId, solutionId = null } = options;
  const app = world.apps.get(appId);
  const configuration = app?.configurations.find(
    ({ id }) => id === (options.configId ?? fixedCredentials.configId),
  );
  if (!app || !configuration) throw new Error('A signup needs an app and a configuration of it.');
  const wabas = grantedAccounts(world, outcome, details);
  const [waba] = wabas;
  if (!waba) throw new Error('A signup grants at least one account.');
  const partner = world.businesses.get(app.businessId);
  for (const granted of wabas) {
    granted.access = outcome === 'app-only' ? 'app-only' : 'shared';
    granted.solutionId = solutionId ?? granted.solutionId;
    if (granted.access === 'shared') partner?.clients.add(granted);
    else partner?.clients.remove(granted);
  }
  const code = `AQ${randomText(world.random, 60)}`;
  world.codes.set(code, {
    code,
    appId,
    personId: options.personId ?? people[0].id,
    configId: configuration.id,
    wabaIds: wabas.map(({ id }) => id),
    businessId: waba.businessId,
    scopes: configuration.permissions.filter((permission) => app.permissions.has(permission)),
    redirectUri: options.redirectUri ?? null,
    issuedAt: world.clock.now(),
    usedAt: null,
  });
  for (const granted of wabas) {
    world.announce({ kind: 'signup-finished', wabaId: granted.id, appOnly: outcome === 'app-only' });
  }
  return { code, event: { type: 'WA_EMBEDDED_SIGNUP', ...finishMessage(outcome, wabas, waba) } };
}

/** Meta: WhatsApp Embedded Signup › Implementation, and the page of each flow for its own finish event. */
function finishMessage(
  outcome: CodeOutcome,
  wabas: Waba[],
  waba: Waba,
): Pick<SignupMessage, 'event' | 'data'> {
  const phone = waba.numbers.at(waba.numbers.size - 1);
  const ids = {
    // A finish without a number has no phone_number_id.
    ...(phone ? { phone_number_id: phone.id } : {}),
    waba_id: waba.id,
    business_id: waba.businessId,
    ...(wabas.length > 1 ? { waba_ids: wabas.map(({ id }) => id) } : {}),
  };
  switch (outcome) {
    case 'only-waba':
      return { event: 'FINISH_ONLY_WABA', data: { waba_id: waba.id } };
    case 'coexistence':
      return { event: 'FINISH_WHATSAPP_BUSINESS_APP_ONBOARDING', data: { waba_id: waba.id } };
    case 'obo-migration':
      return { event: 'FINISH_OBO_MIGRATION', data: ids };
    case 'app-only':
      return { event: 'FINISH_GRANT_ONLY_API_ACCESS', data: ids };
    default:
      return { event: 'FINISH', data: ids };
  }
}

/** Newest first, as `debug_token` lists them. */
function grantedAccounts(world: World, outcome: CodeOutcome, details: AccountDetails): Waba[] {
  const known = details.wabaId === undefined ? undefined : world.wabas.get(details.wabaId);
  if (known) return [known];
  const business = findBusiness(world, details);
  const wabas = Array.from({ length: details.accounts ?? 1 }, () =>
    makeAccount(world, outcome, details, business),
  );
  return wabas.reverse();
}

function findBusiness(world: World, details: AccountDetails): Business {
  const known = details.businessId === undefined ? undefined : world.businesses.get(details.businessId);
  return known ?? createBusiness(world, details.businessName || madeUpBusiness(world.random));
}

function makeAccount(world: World, outcome: CodeOutcome, details: AccountDetails, business: Business): Waba {
  const name = details.accountName || business.name;
  const waba = createWaba(world, business, { name, funded: details.funded ?? false });
  if (outcome === 'finish-no-number' || outcome === 'only-waba') return waba;
  for (let count = 0; count < (details.numbers ?? 1); count++) {
    const phone = createPhone(world, waba, {
      displayNumber: (count === 0 ? givenNumber(world, details, waba) : '') || madeUpNumber(world.random),
      verifiedName: details.displayName || waba.name,
      verified: outcome !== 'finish-unverified',
    });
    phone.pin = details.pin ?? null;
    phone.registered = details.registered ?? false;
    if (outcome === 'coexistence') putOnBusinessApp(phone, details);
  }
  return waba;
}

/** The number that the customer typed, or the partner's own that was taken. Meta: Pre-verified numbers. */
function givenNumber(world: World, details: AccountDetails, waba: Waba): string | undefined {
  const preverified: PreverifiedNumber | undefined =
    details.preverifiedId === undefined ? undefined : world.preverified.get(details.preverifiedId);
  if (preverified?.verification !== 'VERIFIED' || preverified.claimedBy !== null) {
    return details.displayNumber;
  }
  preverified.claimedBy = waba.id;
  return preverified.displayNumber;
}

/** Meta: Onboarding WhatsApp Business app users: the number is connected at once, and never registered. */
function putOnBusinessApp(phone: Phone, details: AccountDetails): void {
  phone.onBusinessApp = true;
  phone.registered = true;
  phone.quality = 'GREEN';
  phone.sync.historyDeclined = details.historyDeclined ?? false;
}
