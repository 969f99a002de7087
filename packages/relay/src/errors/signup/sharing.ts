import type { SignupErrors } from './area.ts';
import { area } from './area.ts';

/** Sharing the account with the partner, and what stands in the way of that. */
export const sharing: SignupErrors = {
  ...area('Shared accounts', {
    2494028: {
      message: 'The account is shared with another partner.',
      hint: 'End that, or make a new account.',
      who: 'customer',
      retry: 'yes',
    },
    2494029: {
      message: 'The account cannot be shared for now.',
      hint: 'Open a case at Business Support.',
      who: 'Meta',
      retry: 'later',
    },
    2494091: {
      message: 'The partner’s own business is not verified, so nothing can be shared with it.',
      hint: 'Verify the partner’s business.',
      who: 'partner',
      retry: 'later',
    },
    2494119: {
      message: 'The account is shared with this partner already.',
      hint: 'Nothing to do: use it as it is.',
      who: 'partner',
      retry: 'no',
    },
    2494120: {
      message: 'This account may not be shared.',
      hint: 'Open a case at Business Support.',
      who: 'Meta',
      retry: 'no',
    },
    2593072: {
      message: 'The account is not known, or out of reach.',
      hint: 'Choose another.',
      who: 'customer',
      retry: 'yes',
    },
    2655049: {
      message: 'The account is shared with another partner.',
      hint: 'End that, or make a new account.',
      who: 'customer',
      retry: 'yes',
    },
  }),
  ...area('WABA restricted', {
    1404163: {
      message: 'The person may neither advertise nor make businesses or ad accounts.',
      hint: 'Look at the case in Business Support Home.',
      who: 'Meta',
      retry: 'no',
    },
    1784028: {
      message: 'The business may not advertise, pixels included.',
      hint: 'Ask Business Support which restrictions there are.',
      who: 'Meta',
      retry: 'no',
    },
    2388107: {
      message: 'Restrictions of the account keep numbers from being added.',
      hint: 'Clear the restrictions that Business Support Home lists.',
      who: 'customer',
      retry: 'later',
    },
    2655089: {
      message: 'The account is restricted.',
      hint: 'Choose another, or appeal in Business Support Home.',
      who: 'customer',
      retry: 'yes',
    },
    2859015: {
      message: 'A block for some time covers this.',
      hint: 'Ask Business Support which restrictions there are, and wait until they end.',
      who: 'wait',
      retry: 'later',
    },
    3441040: {
      message: 'The account is restricted.',
      hint: 'Choose another, or appeal in Business Support Home.',
      who: 'customer',
      retry: 'yes',
    },
  }),
};
