import { unavailable } from './platform.ts';
import type { Row, Rows } from './row.ts';
import { dayMs, hourMs, minuteMs } from './row.ts';

/**
 * Errors of adding, verifying and registering a number (Meta: WhatsApp Business Platform › Error codes; Cloud API ›
 * Register a business phone number). Where Meta names no time, the wait is one that cannot make a lock-out longer.
 */

const numberNotVerified: Row = {
  code: 'number-not-verified',
  message: 'The number has not been verified yet.',
  hint: 'Enter the code that Meta sends to the number.',
  who: 'customer',
  again: 'mended',
};

const notRegistered: Row = {
  code: 'number-not-registered',
  message: 'The number is not registered for Cloud API.',
  hint: 'Resume the onboarding, which registers the number.',
  who: 'partner',
  again: 'mended',
};

const elsewhere: Row = {
  code: 'number-elsewhere',
  message: 'The number is in another WhatsApp account.',
  hint: 'Choose it there, delete it there, or use another number.',
  who: 'customer',
  again: 'mended',
};

export const number: Rows = {
  131045: notRegistered,
  133000: {
    code: 'number-deregistering',
    message: 'An earlier deregistration of the number did not come to its end.',
    hint: 'Deregister the number again, then register it.',
    who: 'partner',
    again: 'mended',
  },
  133004: unavailable,
  133005: {
    code: 'pin-mismatch',
    message: 'The number already has a two-step PIN, which only its owner knows.',
    hint: 'Enter that PIN, or turn two-step verification off for this number in WhatsApp Manager.',
    who: 'customer',
    again: 'mended',
  },
  133006: numberNotVerified,
  133008: {
    code: 'pin-locked',
    message: 'The two-step PIN was tried too often.',
    hint: 'Wait until Meta allows another try, then enter the right PIN.',
    who: 'wait',
    again: 'wait',
    waitMs: 12 * hourMs,
  },
  133009: {
    code: 'pin-locked',
    message: 'The two-step PIN was tried too quickly.',
    hint: 'Wait until Meta allows another try, then enter the right PIN.',
    who: 'wait',
    again: 'wait',
    waitMs: 5 * minuteMs,
  },
  133010: notRegistered,
  133015: {
    code: 'number-deletion-pending',
    message: 'The number was deleted a moment ago, and Meta has not finished that yet.',
    hint: 'Wait five minutes, then try again.',
    who: 'wait',
    again: 'wait',
    waitMs: 5 * minuteMs,
  },
  133016: {
    code: 'register-limit',
    message: 'The number was registered too often; Meta allows ten times in 72 hours.',
    hint: 'Wait 72 hours, then try again.',
    who: 'wait',
    again: 'wait',
    waitMs: 72 * hourMs,
  },
  136024: {
    code: 'verification-code-not-sent',
    message: 'Meta sent no verification code to the number.',
    hint: 'Check that the number can be reached, then ask for a code in the other way: text message or call.',
    who: 'customer',
    again: 'mended',
  },
  '136024/2388091': {
    code: 'number-already-verified',
    message: 'The number is verified already.',
    hint: 'Nothing to do: go on with the registration.',
    who: 'customer',
    again: 'no',
  },
  2388367: {
    code: 'verification-code-limit',
    message: 'Too many verification codes were asked for.',
    hint: 'Wait an hour, then ask for another code.',
    who: 'wait',
    again: 'wait',
    waitMs: hourMs,
  },
  136025: {
    code: 'verification-code-wrong',
    message: 'The verification code is wrong, or too old.',
    hint: 'Enter the newest code, or ask for another.',
    who: 'customer',
    again: 'mended',
  },
  2388001: {
    code: 'display-name-in-review',
    message:
      'Meta makes no certificate for the number yet: its display name is in review, or the number is still in use on another WhatsApp account.',
    hint: 'Wait for the review. If the number is in use on a phone, delete that WhatsApp account first.',
    who: 'wait',
    again: 'wait',
    waitMs: dayMs,
  },
  2388012: elsewhere,
  2388103: {
    code: 'number-not-movable',
    message: 'The number cannot be moved to this account.',
    hint: 'Turn two-step verification off where the number is now, and see that both accounts are approved and can pay; then try again.',
    who: 'customer',
    again: 'mended',
  },
};
