import type { SignupErrors } from './area.ts';
import { area } from './area.ts';

/** The phone number: adding it, and proving that it is one’s own. */
export const number: SignupErrors = {
  ...area('OTP verification', {
    2388091: {
      message: 'The verification code was not sent.',
      hint: 'Read the message in the window: the reason stands there alone.',
      who: 'customer',
      retry: 'later',
    },
    2388093: {
      message: 'The verification code was not accepted.',
      hint: 'Read the message in the window: the reason stands there alone.',
      who: 'customer',
      retry: 'later',
    },
    2494158: {
      message: 'Too many codes were asked for.',
      hint: 'Wait before you ask again. If that does not help, open a case at Business Support.',
      who: 'wait',
      retry: 'later',
    },
    2593037: {
      message: 'The code could not be asked for.',
      hint: 'Ask for a new one. If it happens again, open a case at Business Support.',
      who: 'wait',
      retry: 'yes',
    },
    2593039: {
      message: 'The code could not be checked.',
      hint: 'Enter it again. If it happens again, open a case at Business Support.',
      who: 'wait',
      retry: 'yes',
    },
  }),
  ...area('Phone number limits', {
    2388002: {
      message: 'The number was not added.',
      hint: 'Read the message in the window: the reason stands there alone.',
      who: 'customer',
      retry: 'later',
    },
    2655011: {
      message: 'The number is in no WhatsApp account.',
      hint: 'Check the digits, or use another number.',
      who: 'customer',
      retry: 'yes',
    },
    3441051: {
      message: 'This is no valid number.',
      hint: 'Check the digits, or use another number.',
      who: 'customer',
      retry: 'yes',
    },
  }),
  ...area('Public test numbers', {
    2655005: {
      message: 'WhatsApp has no number to give away at the moment.',
      hint: 'Repeat the step.',
      who: 'wait',
      retry: 'yes',
    },
    2655076: {
      message: 'This account may not make numbers of WhatsApp’s own.',
      hint: 'Look for restrictions of the account in Business Support Home.',
      who: 'customer',
      retry: 'later',
    },
  }),
  ...area('Rate limiting', {
    1390006: {
      message: 'The steps came so fast that they look like abuse; Meta may block the account.',
      hint: 'Stop, and go on much more slowly after a break.',
      who: 'wait',
      retry: 'later',
    },
    1390008: {
      message: 'Facebook allows no more of this for now, to keep spam out.',
      hint: 'Wait, then repeat the step.',
      who: 'wait',
      retry: 'later',
    },
    1675004: {
      message: 'There were too many requests one after the other.',
      hint: 'Wait some minutes.',
      who: 'wait',
      retry: 'later',
    },
    3441033: {
      message: 'It was tried too often.',
      hint: 'Wait, then repeat the step.',
      who: 'wait',
      retry: 'later',
    },
    3441046: {
      message: 'It was tried too often.',
      hint: 'Wait, then repeat the step.',
      who: 'wait',
      retry: 'later',
    },
  }),
};
