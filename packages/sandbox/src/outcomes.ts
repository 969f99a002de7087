/** How a dialog can end by itself: what `POST /_sandbox/next` takes. */
export const outcomes = [
  'finish',
  'finish-unverified',
  'finish-no-number',
  'cancel',
  'error',
  'deny',
  'close',
  'code-only',
  'event-only',
  'event-late',
] as const;

export type Outcome = (typeof outcomes)[number];

/** The outcomes that leave both a code and a message, so that they make sense without a browser. */
export const codeOutcomes = ['finish', 'finish-unverified', 'finish-no-number'] as const;

export type CodeOutcome = (typeof codeOutcomes)[number];

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
}

/** Details of one answer: the account for the endings that make one, the rest for `cancel` and `error`. */
export interface AnswerData extends AccountDetails {
  /** `cancel`: the screen that was left, as `data.current_step`. */
  step?: string;
  /** `error`: `data.error_code`. */
  code?: string;
  /** `error`: `data.error_message`. */
  message?: string;
}

export interface QueuedAnswer {
  outcome: Outcome;
  /** How long the dialog waits before it answers. */
  delayMs: number;
  data: AnswerData;
}
