import type { StepError } from 'whatsapp-embedded-signup/protocol';

/** What only the relay says of a registration; Meta's own refusals stand in the table of Graph errors. */
export const registerErrors = {
  pinWrong: {
    code: 'pin-mismatch',
    message: 'That is not the number’s two-step PIN.',
    hint: 'Enter it again. Who has lost it sets a new one in WhatsApp Manager, in the number’s settings.',
    who: 'customer',
  },
  pinSpent: {
    code: 'pin-locked',
    message: 'The two-step PIN was wrong too often: one more would lock the number.',
    hint: 'Wait until another try is allowed. The right PIN can be entered now, and is tried then.',
    who: 'wait',
  },
  pinTooFast: {
    code: 'pin-locked',
    message: 'Two wrong PINs came within seconds: a third would lock the number.',
    hint: 'Wait some seconds; the PIN that was entered is tried by itself.',
    who: 'wait',
  },
  registerLimit: {
    code: 'register-limit',
    message: 'The number was registered too often; Meta allows ten times in 72 hours.',
    hint: 'Wait: it is tried again by itself as soon as that is allowed.',
    who: 'wait',
  },
  numberNotVerified: {
    code: 'number-not-verified',
    message: 'The number has not been verified yet.',
    hint: 'Have a code sent to the number, and enter it.',
    who: 'customer',
  },
  codeLimit: {
    code: 'verification-code-limit',
    message: 'Meta sends no further code to this number for now.',
    hint: 'Wait: it is asked for again by itself. A code that has come already can be entered.',
    who: 'wait',
  },
  signupTooOld: {
    code: 'signup-too-old',
    message: 'The signup is more than 14 days old, and Meta no longer lets its number be registered.',
    hint: 'Start the signup again.',
    who: 'customer',
  },
} as const satisfies Record<string, StepError>;

/** One of them, with what Meta said last. */
export function registerError(name: keyof typeof registerErrors, meta?: StepError['meta']): StepError {
  return { ...registerErrors[name], ...(meta && { meta }) };
}
