import type { PartnerErrorCode } from './credit/sentences.ts';
import { sentences } from './credit/sentences.ts';

/**
 * Every code that the relay answers with, its HTTP status, and the sentence and next step that go with it.
 * Codes are stable; sentences may be reworded.
 */
interface Entry {
  status: 400 | 401 | 403 | 404 | 409 | 413 | 415 | 422 | 429 | 500 | 502 | 503;
  title: string;
  hint: string;
  retryable: boolean;
}

/** What stands in the way of a Solution Partner, where its backend asks instead of a step. */
const partnerProblems = Object.fromEntries(
  Object.entries(sentences).map(([code, { message, hint }]): [string, Entry] => {
    const retryable = code === 'credit-cap-reached';
    return [code, { status: retryable ? 429 : 409, title: message, hint, retryable }];
  }),
) as Record<PartnerErrorCode, Entry>;

export const problems = {
  'body-not-json': {
    status: 400,
    title: 'The body is not JSON.',
    hint: 'Send one JSON object.',
    retryable: false,
  },
  'body-invalid': {
    status: 400,
    title: 'The body has a wrong or unknown field.',
    hint: 'Correct the field named in the detail.',
    retryable: false,
  },
  'body-too-large': {
    status: 413,
    title: 'The body is too large.',
    hint: 'Send at most 16 KiB.',
    retryable: false,
  },
  'content-type-unsupported': {
    status: 415,
    title: 'The body must be sent as application/json.',
    hint: 'Set the header Content-Type: application/json.',
    retryable: false,
  },
  'origin-not-allowed': {
    status: 403,
    title: 'This origin may not use the relay.',
    hint: 'Add the exact origin of the page to RELAY_ORIGINS, or to the origins of its portal.',
    retryable: false,
  },
  'portal-unknown': {
    status: 404,
    title: 'There is no portal of that name.',
    hint: 'Check the portal attribute against the relay’s settings.',
    retryable: false,
  },
  'flow-unknown': {
    status: 400,
    title: 'The portal does not offer this flow.',
    hint: 'Add the flow to RELAY_FLOWS, or leave the attribute out.',
    retryable: false,
  },
  'public-url-missing': {
    status: 503,
    title: 'The relay does not know its public address.',
    hint: 'Set RELAY_PUBLIC_URL to where people reach it.',
    retryable: false,
  },
  'session-missing': {
    status: 401,
    title: 'The call needs a session.',
    hint: 'Send it as Authorization: Bearer.',
    retryable: false,
  },
  'session-invalid': {
    status: 401,
    title: 'The session is not one of this relay’s, or the verifier does not belong to it.',
    hint: 'Start the signup again.',
    retryable: false,
  },
  'session-expired': {
    status: 401,
    title: 'The session is too old.',
    hint: 'Start the signup again.',
    retryable: false,
  },
  'session-used': {
    status: 409,
    title: 'This session takes no further code.',
    hint: 'Start the signup again.',
    retryable: false,
  },
  'session-required': {
    status: 403,
    title: 'This portal takes sessions from the site’s backend alone.',
    hint: 'Make the session there, with the portal key, and give the element session-url or session.',
    retryable: false,
  },
  'portal-key-invalid': {
    status: 401,
    title: 'The portal key is wrong.',
    hint: 'Send one of RELAY_API_KEY as Authorization: Bearer.',
    retryable: false,
  },
  'onboarding-unknown': {
    status: 404,
    title: 'There is no such onboarding for this session or key.',
    hint: 'Use the session that redeemed the code, or a key of its portal.',
    retryable: false,
  },
  'input-unexpected': {
    status: 409,
    title: 'The onboarding does not wait for this.',
    hint: 'Read the onboarding: its action says what it waits for.',
    retryable: false,
  },
  'input-invalid': {
    status: 400,
    title: 'The answer cannot be right.',
    hint: 'Correct it and send it again.',
    retryable: false,
  },
  'onboarding-not-resumable': {
    status: 409,
    title: 'There is no access to go on with.',
    hint: 'Start the signup again.',
    retryable: false,
  },
  'portal-key-required': {
    status: 403,
    title: 'Only the site’s backend may say this.',
    hint: 'Send it from there, with the portal key.',
    retryable: false,
  },
  'code-used': {
    status: 422,
    title: 'Meta says that this code was used before.',
    hint: 'Start the signup again to get a new code.',
    retryable: false,
  },
  'code-expired': {
    status: 422,
    title: 'Meta says that this code is too old; a code lives 30 seconds.',
    hint: 'Start the signup again to get a new code.',
    retryable: false,
  },
  'code-refused': {
    status: 422,
    title: 'Meta refused the code.',
    hint: 'Start the signup again. If it happens each time, check META_APP_ID, META_APP_SECRET and META_CONFIG_ID.',
    retryable: false,
  },
  'exchange-unknown': {
    status: 502,
    title: 'Meta did not answer, so nobody knows whether the code was used up.',
    hint: 'Start the signup again.',
    retryable: false,
  },
  'too-many-requests': {
    status: 429,
    title: 'Too much is asked at once.',
    hint: 'Try again after the seconds in Retry-After.',
    retryable: true,
  },
  'error-code-unknown': {
    status: 404,
    title: 'None of Meta’s errors that are known here has this code.',
    hint: 'Look it up in Meta’s documentation, or ask its support.',
    retryable: false,
  },
  'account-unknown': {
    status: 404,
    title: 'There is no such connected account in this portal.',
    hint: 'Check the WABA id; an account is there once its onboarding has completed.',
    retryable: false,
  },
  'credit-off': {
    status: 409,
    title: 'This portal has no credit line to share.',
    hint: 'Set RELAY_ROLE=solution-partner, RELAY_CREDIT and META_CREDIT_LINE_ID.',
    retryable: false,
  },
  'credit-not-shared': {
    status: 409,
    title: 'The credit line is not shared with this account.',
    hint: 'There is nothing to take back.',
    retryable: false,
  },
  ...partnerProblems,
  'meta-refused': {
    status: 502,
    title: 'Meta refused the call.',
    hint: 'Try again; if it happens again, look into the relay’s log.',
    retryable: false,
  },
  'meta-unavailable': {
    status: 503,
    title: 'Meta does not answer at the moment.',
    hint: 'Try again in some minutes.',
    retryable: true,
  },
  'not-found': {
    status: 404,
    title: 'There is nothing at this address.',
    hint: 'Check the path.',
    retryable: false,
  },
  'internal-error': {
    status: 500,
    title: 'The relay failed.',
    hint: 'Try again; the request id finds the cause in the relay’s log.',
    retryable: true,
  },
  stopping: {
    status: 503,
    title: 'The relay is stopping.',
    hint: 'Try again in a moment.',
    retryable: true,
  },
} as const satisfies Record<string, Entry>;

export type ProblemCode = keyof typeof problems;

/** An error that is an answer: thrown anywhere below a route, written as a problem document by the edge. */
export class RelayProblem extends Error {
  override readonly name = 'RelayProblem';
  readonly code: ProblemCode;
  /** The next step, where it is another than the code's own. */
  readonly hint: string;
  readonly onboarding: string | undefined;
  /** Milliseconds until it is worth trying again, where that is known. */
  readonly retryAfter: number | undefined;

  constructor(
    code: ProblemCode,
    more: { detail?: string; hint?: string; onboarding?: string; retryAfter?: number } = {},
  ) {
    super(more.detail ?? problems[code].title);
    this.code = code;
    this.hint = more.hint ?? problems[code].hint;
    this.onboarding = more.onboarding;
    this.retryAfter = more.retryAfter;
  }
}
