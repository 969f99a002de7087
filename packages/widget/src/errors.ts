/** One table of everything that can end an attempt, in the words a person reads. */

const implementation =
  'https://developers.facebook.com/documentation/business-messaging/whatsapp/embedded-signup/implementation';
const login = 'https://developers.facebook.com/docs/reference/javascript/FB.login/v26.0';

interface Entry {
  /** One plain sentence: what happened. */
  readonly message: string;
  /** The next step. */
  readonly hint: string;
  /** Whether trying again, with nothing else changed, may work. */
  readonly retryable: boolean;
  /** Where the cause is documented. */
  readonly docs: string;
}

function entry(message: string, hint: string, retryable = true, docs: string = implementation): Entry {
  return { message, hint, retryable, docs };
}

const again = 'Please start again.';
const tellOwner = 'Please tell the owner of this site.';

/**
 * Every code the element itself can raise or has a sentence of its own for. Codes are stable; the relay may
 * send others, which pass through with the relay's own words.
 */
export const signupErrors = {
  'relay-missing': entry('This button has no relay to talk to.', 'Set the relay attribute.', false),
  'relay-unreachable': entry('The sign-up service did not answer.', 'Check your connection and try again.'),
  'relay-failed': entry('The sign-up service gave no proper answer.', 'Try again in a moment.'),
  'portal-unknown': entry('This button names a portal that does not exist.', tellOwner, false),
  'origin-not-allowed': entry('Sign-up is not allowed from this site.', tellOwner, false),
  'flow-unknown': entry('This kind of sign-up is not set up.', tellOwner, false),
  'session-required': entry('This page brought no session for the sign-up.', tellOwner, false),
  'session-expired': entry('This sign-up has expired.', again),
  'insecure-context': entry(
    'Sign-up needs a secure page.',
    'Open this page with https.',
    false,
    'https://developer.mozilla.org/docs/Web/Security/Secure_Contexts',
  ),
  'sdk-blocked': entry(
    'Something blocked the script from Meta.',
    'Turn off ad or tracking blockers for this page and try again.',
  ),
  'sdk-timeout': entry('The script from Meta did not start.', 'Check your connection and try again.'),
  'sdk-url-refused': entry('The relay named a script that is not from Meta.', tellOwner, false),
  'app-conflict': entry('Another Meta app is already in use on this page.', tellOwner, false),
  'popup-blocked': entry(
    'Your browser blocked the window.',
    'Allow pop-ups for this page and try again.',
    true,
    login,
  ),
  'dialog-limit': entry('The window was opened too often.', 'Reload this page and try again.', false, login),
  'dialog-failed': entry('The window could not be opened.', 'Reload this page and try again.', true, login),
  'fedcm-intercepted': entry(
    'Your browser signed you in without opening the window.',
    'Turn off sign-in by third parties in the browser and try again.',
    true,
    login,
  ),
  'no-code': entry('Meta finished without confirming the sign-up.', again),
  'meta-reported': entry('Meta reported a problem.', again),
  'code-used': entry('This confirmation from Meta was already used.', again),
  'code-expired': entry('The confirmation from Meta came too late.', again),
  'code-refused': entry('Meta did not accept the confirmation.', again),
  'exchange-unknown': entry('Meta did not answer in time.', again),
  'onboarding-failed': entry('The account could not be connected.', again),
} as const satisfies Record<string, Entry>;

/** A code from the table above. */
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
  readonly message: string;
  readonly hint: string;
  readonly docs: string;
  readonly retryable: boolean;
  readonly meta?: MetaReport;
}

/** The detail for a code: the table's words, or those given. A code without words borrows general ones. */
export function errorDetail(
  code: string,
  given: { message?: string; hint?: string; retryable?: boolean; meta?: MetaReport } = {},
): SignupErrorDetail {
  const known: Entry = Object.hasOwn(signupErrors, code)
    ? signupErrors[code as SignupErrorCode]
    : signupErrors['onboarding-failed'];
  return {
    code,
    message: given.message || known.message,
    hint: given.hint || known.hint,
    docs: known.docs,
    retryable: given.retryable ?? known.retryable,
    ...(given.meta && { meta: given.meta }),
  };
}

/** Carries the detail of an error through a promise. */
export class SignupFailure extends Error {
  readonly detail: SignupErrorDetail;

  constructor(detail: SignupErrorDetail) {
    super(detail.message);
    this.detail = detail;
  }
}

export function failure(code: SignupErrorCode): SignupFailure {
  return new SignupFailure(errorDetail(code));
}
