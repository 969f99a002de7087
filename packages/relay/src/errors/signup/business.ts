import type { SignupErrors } from './area.ts';
import { area } from './area.ts';

/** The business portfolio: how many, how called, and whether it is verified. */
export const business: SignupErrors = {
  ...area('Business account limits', {
    1690114: {
      message: 'The person has made as many businesses as are allowed.',
      hint: 'Delete one that nobody uses, or go on with one that there is.',
      who: 'customer',
      retry: 'yes',
    },
    1752089: {
      message: 'The person wanted to make another business beside the first.',
      hint: 'Use the business that there is, or come back later.',
      who: 'customer',
      retry: 'later',
    },
    2388098: {
      message: 'The business is not verified and has all the WhatsApp accounts that it may have until then.',
      hint: 'Start the verification of the business, alone or with the partner.',
      who: 'customer',
      retry: 'later',
    },
    2494067: {
      message: 'The business has all the WhatsApp accounts that it may have.',
      hint: 'Remove one that nobody needs: Meta Business Suite › Settings › WhatsApp accounts.',
      who: 'customer',
      retry: 'yes',
    },
  }),
  ...area('Business account names', {
    1690062: {
      message: 'The name is taken.',
      hint: 'Enter another name.',
      who: 'customer',
      retry: 'yes',
    },
    1690089: {
      message: 'Another system user has this name.',
      hint: 'Choose one that nobody has.',
      who: 'customer',
      retry: 'yes',
    },
    1690090: {
      message: 'Meta does not accept the name of the business portfolio.',
      hint: 'Enter another name.',
      who: 'customer',
      retry: 'yes',
    },
    1690091: {
      message: 'Meta does not accept the name.',
      hint: 'Enter another name.',
      who: 'customer',
      retry: 'yes',
    },
    2388009: {
      message: 'The verified name cannot be changed now.',
      hint: 'Read the message in the window: the reason stands there alone.',
      who: 'customer',
      retry: 'later',
    },
    2388010: {
      message: 'The verified name cannot be changed now.',
      hint: 'Read the message in the window: the reason stands there alone.',
      who: 'customer',
      retry: 'later',
    },
    2593010: {
      message: 'The name of the WhatsApp account is longer than 255 characters.',
      hint: 'Shorten it.',
      who: 'customer',
      retry: 'yes',
    },
    3771014: {
      message: 'The address that was entered is no link, or leads nowhere.',
      hint: 'Correct it.',
      who: 'customer',
      retry: 'yes',
    },
  }),
  ...area('Partner-led verification', {
    2494030: {
      message: 'The business’s verification is not finished, and until then there is no WhatsApp account.',
      hint: 'Follow it in Security Center, under Business verification.',
      who: 'wait',
      retry: 'later',
    },
    2494143: {
      message: 'Another partner has begun to verify this business, and only one may.',
      hint: 'Finish it with that partner, or ask Meta for the verification yourself.',
      who: 'customer',
      retry: 'later',
    },
  }),
};
