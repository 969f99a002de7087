import type { StepError } from 'whatsapp-embedded-signup/protocol';
import type { GraphError } from './error.ts';

/** What a failed call means for the step that made it. */
export interface Meaning {
  /** The same call may work later, without anybody doing anything. */
  transient: boolean;
  /** Milliseconds to wait before it is worth another try, where Meta says so. */
  waitMs?: number;
  error: StepError;
}

type Sentence = Pick<StepError, 'code' | 'message' | 'hint'>;

/** Meta: WhatsApp Business Platform › Error codes, and Graph API › Handle Errors. */
const rateLimits: readonly number[] = [4, 17, 32, 613];
const transientCodes: ReadonlySet<number> = new Set([
  ...rateLimits,
  1,
  2,
  341,
  80007,
  80008,
  130429,
  131000,
  131016,
  131057,
  133004,
  2494100,
]);

/** Said by Meta, and by the plan that never lets it come so far. */
export const numberNotVerified: Sentence = {
  code: 'number-not-verified',
  message: 'The number has not been verified yet.',
  hint: 'Start again and enter the code that Meta sends to the number.',
};

const byCode: Readonly<Record<number, Sentence>> = {
  190: {
    code: 'token-invalid',
    message: 'Meta no longer accepts the access that the customer gave.',
    hint: 'Start the signup again.',
  },
  131031: {
    code: 'account-locked',
    message: 'Meta has locked this WhatsApp account, or the number has another two-step PIN.',
    hint: 'Open WhatsApp Manager and look at the account’s status, then start again.',
  },
  131037: {
    code: 'display-name-missing',
    message: 'The number has no approved display name.',
    hint: 'Ask for a display name in WhatsApp Manager, then start again.',
  },
  131042: {
    code: 'payment-method-missing',
    message: 'The WhatsApp account has no valid payment method.',
    hint: 'Add one in WhatsApp Manager under Billing, then start again.',
  },
  133005: {
    code: 'pin-mismatch',
    message: 'The number already has a two-step PIN, which only its owner knows.',
    hint: 'Turn two-step verification off for this number in WhatsApp Manager, then start again.',
  },
  133006: numberNotVerified,
  133008: {
    code: 'pin-locked',
    message: 'The two-step PIN was tried too often.',
    hint: 'Wait until Meta allows another try, then start again.',
  },
  133009: {
    code: 'pin-locked',
    message: 'The two-step PIN was tried too quickly.',
    hint: 'Wait until Meta allows another try, then start again.',
  },
  // It passes, but each try counts as one of ten registrations.
  133015: {
    code: 'number-deletion-pending',
    message: 'The number was deleted a moment ago, and Meta has not finished that yet.',
    hint: 'Wait five minutes, then start again.',
  },
  133016: {
    code: 'register-limit',
    message: 'The number was registered too often; Meta allows ten times in 72 hours.',
    hint: 'Wait 72 hours, then start again.',
  },
  2388001: {
    code: 'display-name-in-review',
    message: 'Meta is still reviewing the display name.',
    hint: 'Wait for the review, then start again.',
  },
};

const permission: Sentence = {
  code: 'permission-missing',
  message: 'A permission is missing that this step needs.',
  hint: 'Check that the configuration asks for whatsapp_business_management and whatsapp_business_messaging, then start again.',
};

const notAccessible: Sentence = {
  code: 'not-accessible',
  message: 'The account or number is gone, or the customer did not share it.',
  hint: 'Start the signup again and choose the account to share.',
};

const appSettings: Sentence = {
  code: 'app-settings',
  message: 'Meta does not accept the app’s id or secret.',
  hint: 'Check META_APP_ID and META_APP_SECRET.',
};

const noAnswer: Sentence = {
  code: 'meta-unavailable',
  message: 'Meta does not answer at the moment.',
  hint: 'Start again in some minutes.',
};

const refused: Sentence = {
  code: 'meta-refused',
  message: 'Meta refused this step, or did not say that it was done.',
  hint: 'Start again. If it happens again, tell the site’s owner.',
};

/** Reads a failed call by its body: Meta answers nearly every error with HTTP 400. `is_transient` outranks the code. */
export function meaningOf({ failure }: GraphError): Meaning {
  const { kind, code, subcode, fbtraceId, isTransient } = failure;
  const meta: StepError['meta'] = {};
  if (code !== undefined) meta.code = code;
  if (subcode !== undefined) meta.subcode = subcode;
  if (fbtraceId !== undefined) meta.fbtraceId = fbtraceId;
  const transient =
    kind !== 'answer' || isTransient === true || (code !== undefined && transientCodes.has(code));
  const sentence = transient ? noAnswer : sentenceFor(code, subcode);
  return { transient, error: Object.keys(meta).length > 0 ? { ...sentence, meta } : sentence };
}

/** Whether Meta says that the app has asked too often for the moment. */
export function isRateLimit({ failure: { code } }: GraphError): boolean {
  return code !== undefined && rateLimits.includes(code);
}

/** Whether Meta says that the token may not see what was asked for, as if it were not there. */
export function isNotGranted({ failure: { code, subcode } }: GraphError): boolean {
  if (code === undefined) return false;
  return isNotThere(code, subcode) || code === 10 || (code >= 200 && code <= 299);
}

function isNotThere(code: number, subcode: number | undefined): boolean {
  return code === 33 || code === 803 || (code === 100 && subcode === 33);
}

function sentenceFor(code: number | undefined, subcode: number | undefined): Sentence {
  if (code === undefined) return refused;
  const known = byCode[code];
  if (known) return known;
  if (isNotThere(code, subcode)) return notAccessible;
  if (code === 0 || code === 3 || code === 10 || code === 131005 || (code >= 200 && code <= 299))
    return permission;
  if (code === 101 || code === 104) return appSettings;
  return refused;
}
