import { fixedCredentials } from './credentials.ts';
import type { AccountDetails, CodeOutcome } from './outcomes.ts';
import { type Granted, grantAccounts } from './signup-accounts.ts';
import type { Code } from './world/access.ts';
import type { Waba } from './world/assets.ts';
import { install } from './world/installs.ts';
import { people } from './world/seed.ts';
import { shareWithPartners } from './world/solution-sharing.ts';
import { uniqueText } from './world/unique-text.ts';
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
export type SignupIds = {
  waba_id: string;
  /** Absent where there is no number, and from the events of `coexistence` and `only-waba`. */
  phone_number_id?: string;
  /** Absent from the events of `coexistence` and `only-waba`. */
  business_id?: string;
  /** Where several accounts were granted. */
  waba_ids?: string[];
};

/** A finished dialog: the one-time code, and the message about the account it made. */
export interface FinishedSignup {
  code: string;
  event: SignupMessage;
}

/** How the dialog ended, and of which app and configuration it was. */
export interface SignupOptions {
  outcome: CodeOutcome;
  details?: AccountDetails;
  appId?: string;
  configId?: string;
  solutionId?: string | null;
  /** Null: the JavaScript SDK's. */
  redirectUri?: string | null;
  /** The dialog keeps the code while its last screen is looked at. */
  isHeld?: boolean;
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
  const granted = grantAccounts(world, outcome, details);
  const { wabas } = granted;
  const [waba] = wabas;
  if (!waba) throw new Error('A signup grants at least one account.');
  const partner = world.businesses.get(app.businessId);
  for (const account of wabas) {
    // An install of the app alone shares nothing, and takes back nothing that was shared before.
    const isShared = outcome !== 'app-only' || partner?.clients.has(account);
    account.access = isShared ? 'shared' : 'app-only';
    account.solutionId = solutionId ?? account.solutionId;
    if (isShared) partner?.clients.add(account);
    shareWithPartners(world, account);
  }
  const grant: Code = {
    code: `AQ${uniqueText(world, 60)}`,
    appId,
    personId: details.personId ?? people[0].id,
    configId: configuration.id,
    wabaIds: wabas.map(({ id }) => id),
    businessId: waba.businessId,
    scopes: configuration.permissions.filter((permission) => app.permissions.has(permission)),
    redirectUri: options.redirectUri ?? null,
    isHeld: options.isHeld ?? false,
    issuedAt: world.clock.now(),
    usedAt: null,
  };
  world.codes.set(grant.code, grant);
  install(world, app, grant);
  for (const { id } of wabas) {
    world.announce({ kind: 'signup-finished', wabaId: id, appId, appOnly: outcome === 'app-only' });
  }
  return {
    code: grant.code,
    event: { type: 'WA_EMBEDDED_SIGNUP', ...finishMessage(outcome, granted, waba) },
  };
}

/** Meta: WhatsApp Embedded Signup › Implementation, and the page of each flow for its own finish event. */
function finishMessage(
  outcome: CodeOutcome,
  { wabas, phone }: Granted,
  waba: Waba,
): Pick<SignupMessage, 'event' | 'data'> {
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
