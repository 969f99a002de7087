/** The endings that leave both a code and a message, so that they make sense without a browser. */
export const codeOutcomes = [
  'finish',
  'finish-unverified',
  'finish-no-number',
  'only-waba',
  'coexistence',
  'obo-migration',
  'app-only',
] as const;

export type CodeOutcome = (typeof codeOutcomes)[number];

/** How a dialog can end by itself: what `POST /_sandbox/next` takes. */
export const outcomes = [
  ...codeOutcomes,
  'cancel',
  'error',
  'deny',
  'close',
  'close-on-final',
  'code-only',
  'event-only',
  'event-late',
] as const;

export type Outcome = (typeof outcomes)[number];

/** Meta: Cloud API › Business profiles. */
export interface ProfileDetails {
  about?: string | undefined;
  address?: string | undefined;
  description?: string | undefined;
  email?: string | undefined;
  profile_picture_url?: string | undefined;
  websites?: string[] | undefined;
  /** Such as `RESTAURANT`. */
  vertical?: string | undefined;
}

/** The account that a finished dialog makes; what is left out is made up. */
export interface AccountDetails {
  /** Name of the business portfolio. */
  businessName?: string;
  /** Name of the WhatsApp Business Account. */
  accountName?: string;
  /** The name that customers see. */
  displayName?: string;
  /** As Meta prints it: `+1 415-555-0134`. */
  displayNumber?: string;
  /** Six digits: the number already has two-step verification with this PIN. */
  pin?: string;
  /** The number is registered already. */
  registered?: boolean;
  /** A payment method stands behind the account. Without one Meta blocks what the business starts. */
  funded?: boolean;
  /** An account of before, to be connected again; its numbers come along. */
  wabaId?: string;
  /** A portfolio of before, for a new account in it. */
  businessId?: string;
  /** How many accounts are granted; default 1. */
  accounts?: number;
  /** How many numbers each new account has; default 1. */
  numbers?: number;
  /** `coexistence`: the customer keeps the chat history. */
  historyDeclined?: boolean;
  /** A verified number of the partner's that the customer takes. */
  preverifiedId?: string;
  /** With `wabaId`: which of its numbers the customer takes; default the newest. */
  phoneNumberId?: string;
  /** Where the business is, two capital letters; default US. */
  country?: string;
  /** The number's profile, in the names of Meta's `whatsapp_business_profile`. */
  profile?: ProfileDetails;
  /** Who signs in; default the first of the sandbox's people, a customer without a role on the app. */
  personId?: string;
}

/** Details of a code without a browser, which has no address that could name the rest. */
export interface CodeDetails extends AccountDetails {
  /** Default: the main configuration. */
  configId?: string;
  /** A Multi-Partner Solution, as `extras.setup.solutionID` names it. */
  solutionId?: string;
}

/** The events that can carry an error report. Meta: Embedded Signup › Implementation. */
export const reportEvents = ['CANCEL', 'ERROR'] as const;

export type ReportEvent = (typeof reportEvents)[number];

/** Details of one answer: the account for the endings that make one, the rest for `cancel` and `error`. */
export interface AnswerData extends AccountDetails {
  /** `cancel`: the screen that was left, as `data.current_step`. */
  step?: string;
  /** `error`: `data.error_code`. */
  code?: string;
  /** `error`: `data.error_message`. */
  message?: string;
  /** `error`: which event carries the report; default `CANCEL`. */
  event?: ReportEvent;
}

export interface QueuedAnswer {
  outcome: Outcome;
  /** How long the dialog waits before it answers. */
  delayMs: number;
  data: AnswerData;
}
