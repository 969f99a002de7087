/** One table of everything that can end an attempt, in the words a person reads. */

type Words = readonly [message: string, hint: string, retryable?: boolean];

const again = 'Please start again.';
const owner = 'Please tell the site owner.';
const reload = 'Reload the page and try again.';

/**
 * What the element itself finds wrong: what happened, the next step, and `false` where trying again cannot help.
 * Codes are stable.
 */
export const signupErrors = {
  'relay-missing': ['No relay is set.', owner, false],
  'relay-unreachable': ['The relay did not answer.', 'Check your connection and try again.'],
  'insecure-context': ['This page is not secure.', 'Open the page with https.', false],
  'sdk-blocked': ['The script from Meta was blocked.', 'Allow it in your blocker and try again.'],
  'sdk-timeout': ['The script from Meta did not start.', reload],
  'popup-blocked': ['The window was blocked.', 'Allow it for this page and try again.'],
  'dialog-limit': ['Too many windows were opened.', reload, false],
  'dialog-failed': ['The window did not open.', reload],
  'no-code': ['Meta gave no confirmation.', again],
  'meta-reported': ['Meta reported a problem.', again],
  'onboarding-failed': ['The account was not connected.', again],
} as const satisfies Record<string, Words>;

/** Codes of the relay, which sends the words with them. It may send further ones. */
export const relayErrorCodes = [
  'portal-unknown',
  'origin-not-allowed',
  'session-expired',
  'session-used',
  'code-used',
  'code-expired',
  'code-refused',
  'exchange-unknown',
] as const;

/** A code of the element's own table. */
export type SignupErrorCode = keyof typeof signupErrors;

/** What Meta said about its own error, as strings, for a support case with Meta. */
export interface MetaReport {
  readonly errorCode?: string;
  readonly sessionId?: string;
  readonly timestamp?: string;
}

/** The detail of `signup-error`. */
export interface SignupErrorDetail {
  /** Stable: one of the table's, or one that the relay sent. */
  readonly code: string;
  /** One plain sentence: what happened. */
  readonly message: string;
  /** The next step. */
  readonly hint: string;
  /** Where Meta documents this flow. */
  readonly docs: string;
  /** Whether trying again, with nothing else changed, may work. */
  readonly retryable: boolean;
  readonly meta?: MetaReport;
}

/** The detail for a code: the words given, else the table's, else general ones. */
export function errorDetail(
  code = 'onboarding-failed',
  given?: { message?: string; hint?: string; retryable?: boolean } | null,
  meta?: MetaReport,
): SignupErrorDetail {
  const known = Object.hasOwn(signupErrors, code) ? (code as SignupErrorCode) : 'onboarding-failed';
  const [message, hint, retryable = true]: Words = signupErrors[known];
  return {
    code,
    message: given?.message || message,
    hint: given?.hint || hint,
    docs: 'https://developers.facebook.com/docs/whatsapp/embedded-signup',
    retryable: given?.retryable ?? retryable,
    ...(meta && { meta }),
  };
}

/** Carries the detail of an error through a promise. */
export class SignupFailure extends Error {
  readonly detail: SignupErrorDetail;

  constructor(...words: Parameters<typeof errorDetail>) {
    super(words[0]);
    this.detail = errorDetail(...words);
  }
}
