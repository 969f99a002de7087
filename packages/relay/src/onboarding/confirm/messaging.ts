import type { Account, Messaging } from 'whatsapp-embedded-signup/protocol';
import type { SendingNumber } from '../../graph/calls.ts';
import type { Portal } from '../../settings/settings.ts';

/** What is known of an account's number, and of who pays for it. */
export interface SendingFacts {
  role: Portal['role'];
  wabaId: string;
  businessId: string | null;
  /** null: the customer finished without one. */
  number: SendingNumber | null;
  /** Whether somebody pays for the account; null where that could not be read. */
  funded: boolean | null;
}

type NextStep = NonNullable<Account['nextStep']>;

/** Whether the number can send, and what has to happen first where it cannot. */
export type Verdict = Pick<Account, 'messaging' | 'nextStep'>;

/**
 * Meta: WhatsApp Business Phone Number › status, an open list: a status that is not among these is left to the
 * number's health.
 */
const notConnected: ReadonlySet<string> = new Set([
  'PENDING',
  'DISCONNECTED',
  'UNVERIFIED',
  'UNLINKED',
  'DELETED',
  'MIGRATED',
]);
const slowedDown: ReadonlySet<string> = new Set(['FLAGGED', 'RESTRICTED', 'RATE_LIMITED']);

/** Codes in a health status (Meta: Messaging and Calling Health Status), and those that sending itself has for it. */
const NOT_REGISTERED = 141000;
const noPayment: readonly number[] = [141006, 131042];
const NOT_VERIFIED = 141010;
const banned: readonly number[] = [141014, 131031];
const RESTRICTED = 368;

/**
 * Reads whether a number can send. *Completed* is not *can send*: a Tech Provider's customer has yet to say how it
 * pays, whereas a Solution Partner's credit line may pay already. Of several obstacles the one is told that has to
 * be taken first: who is banned need not look for a card.
 */
export function messagingOf(facts: SendingFacts): Verdict {
  const { number, funded } = facts;
  if (number === null) return verdict('needs-number', addNumber(facts));
  const links = number.health_status?.entities ?? [];
  const codes = new Set(links.flatMap(({ errors }) => (errors ?? []).map(({ error_code }) => error_code)));
  const says = (...known: readonly number[]): boolean => known.some((code) => codes.has(code));

  if (number.status === 'BANNED' || says(...banned)) return verdict('limited', appeal);
  if (!number.status || notConnected.has(number.status) || says(NOT_REGISTERED))
    return verdict('needs-number', connectNumber(facts));
  if (says(RESTRICTED)) return verdict('limited', waitForRestriction);
  // What Meta says of the account counts more than an id that it leaves out.
  const account = links.find(({ entity_type }) => entity_type === 'WABA');
  const isUnfunded = funded === false && account?.can_send_message !== 'AVAILABLE';
  if (isUnfunded || says(...noPayment)) return verdict('needs-payment-method', pay(facts));
  if (number.name_status === 'DECLINED') return verdict('needs-name-approval', chooseName(facts));
  if (number.name_status === 'PENDING_REVIEW') return verdict('needs-name-approval', waitForName(facts));
  if (says(NOT_VERIFIED)) return verdict('limited', verifyBusiness(facts));
  if (slowedDown.has(number.status)) return verdict('limited', raiseQuality(facts));
  switch (number.health_status?.can_send_message) {
    case 'AVAILABLE':
      return { messaging: 'ready' };
    case 'LIMITED':
    case 'BLOCKED':
      return verdict('limited', asMetaSays(facts));
    default:
      return { messaging: 'unknown' };
  }
}

function verdict(messaging: Messaging, nextStep: NextStep): Verdict {
  return { messaging, nextStep };
}

/** WhatsApp Manager, opened at the account (Meta: Embedded Signup › Onboard as a Tech Provider sends people there). */
function manager({ wabaId, businessId }: SendingFacts, page: 'home' | 'phone-numbers'): string {
  const query = new URLSearchParams({ waba_id: wabaId, ...(businessId && { business_id: businessId }) });
  return `https://business.facebook.com/wa/manage/${page}/?${query}`;
}

/** Where Meta's own health errors send people for a ban. */
const SUPPORT_HOME = 'https://business.facebook.com/accountquality';

const addNumber = (facts: SendingFacts): NextStep => ({
  message: 'The account has no phone number yet.',
  hint: 'Add a number in WhatsApp Manager or start the signup again, and connect it.',
  url: manager(facts, 'phone-numbers'),
});

const connectNumber = (facts: SendingFacts): NextStep => ({
  message: 'The phone number is not connected yet.',
  hint: 'Look at the number’s status in WhatsApp Manager; if it says nothing else, start the signup again with this number.',
  url: manager(facts, 'phone-numbers'),
});

const appeal: NextStep = {
  message: 'Meta has disabled this WhatsApp account.',
  hint: 'Business Support Home says why, and takes a request to review it.',
  url: SUPPORT_HOME,
};

const waitForRestriction: NextStep = {
  message: 'Meta does not let this account write to customers at the moment.',
  hint: 'Business Support Home says why and until when, and takes a request to review it.',
  url: SUPPORT_HOME,
};

const pay = (facts: SendingFacts): NextStep =>
  facts.role === 'solution-partner'
    ? {
        message: 'Nobody pays for this WhatsApp account yet, or Meta does not take the payment.',
        hint: 'Share the credit line with the account, or have its owner add a payment method in WhatsApp Manager.',
        url: manager(facts, 'home'),
      }
    : {
        message: 'The WhatsApp account has no valid payment method.',
        hint: 'Add one in WhatsApp Manager, in the account’s payment settings. Until then the number can only answer.',
        url: manager(facts, 'home'),
      };

const waitForName = (facts: SendingFacts): NextStep => ({
  message: 'Meta is still reviewing the display name.',
  hint: 'Wait for the review; WhatsApp Manager shows how it stands. Until then only few customers can be written to.',
  url: manager(facts, 'phone-numbers'),
});

const chooseName = (facts: SendingFacts): NextStep => ({
  message: 'Meta did not approve the display name.',
  hint: 'Choose another name for the number in WhatsApp Manager, or ask for another review there.',
  url: manager(facts, 'phone-numbers'),
});

const verifyBusiness = ({ businessId }: SendingFacts): NextStep => ({
  message: 'The number can send, but only to few customers a day: the business is not verified.',
  hint: 'Start or finish the business verification in the business settings, under Security Center.',
  url: `https://business.facebook.com/settings/security${businessId ? `?business_id=${businessId}` : ''}`,
});

const raiseQuality = (facts: SendingFacts): NextStep => ({
  message: 'Meta has slowed this number down, for its quality or for how much it sent.',
  hint: 'WhatsApp Manager shows the number’s quality and limit; messages that people want raise both.',
  url: manager(facts, 'phone-numbers'),
});

/** Meta's own words, for what it has added since. */
function asMetaSays(facts: SendingFacts): NextStep {
  const links = facts.number?.health_status?.entities ?? [];
  const link =
    links.find(({ can_send_message }) => can_send_message === 'BLOCKED') ??
    links.find(({ can_send_message }) => can_send_message === 'LIMITED');
  const problem = link?.errors?.[0];
  return {
    message: cut(problem?.error_description) ?? 'Meta limits what this number can send.',
    hint:
      cut(problem?.possible_solution ?? link?.additional_info?.[0]) ??
      'WhatsApp Manager shows what is wrong with the account or the number.',
    url: manager(facts, 'home'),
  };
}

const MOST_CHARACTERS = 300;

function cut(text: string | null | undefined): string | undefined {
  return text ? text.slice(0, MOST_CHARACTERS) : undefined;
}
