import type { SignupErrors } from './area.ts';
import { area } from './area.ts';

/** Ad accounts, where a configuration asks for one beside WhatsApp. */
export const ads: SignupErrors = {
  ...area('Ad accounts', {
    1690214: {
      message: 'The payment account has been switched off.',
      hint: 'Ask the person who looks after the business’s finances, or appeal.',
      who: 'customer',
      retry: 'later',
    },
    1752004: {
      message:
        'An ad account of the business is under review or penalised, and no new one is made until that is settled.',
      hint: 'Open the ad account in Business Support Home and clear its issues.',
      who: 'customer',
      retry: 'later',
    },
    1752140: {
      message:
        'The business has all the ad accounts that it may have; Business Info in its settings shows how many.',
      hint: 'Pay an open bill, which lifts the number, or use an ad account that there is.',
      who: 'customer',
      retry: 'later',
    },
    2446325: {
      message: 'The business breaks one of Meta’s advertising rules.',
      hint: 'Settle the flagged issues in Business Support Home.',
      who: 'customer',
      retry: 'later',
    },
    2455008: {
      message: 'A young business may have few ad accounts, and this one has them all.',
      hint: 'Verify the business, or wait some weeks without a complaint.',
      who: 'customer',
      retry: 'later',
    },
    2494149: {
      message: 'The ad account was not made, and Meta says not why.',
      hint: 'Repeat the step.',
      who: 'wait',
      retry: 'yes',
    },
    2655055: {
      message: 'The WhatsApp account could not be connected with an ad account.',
      hint: 'Repeat the step.',
      who: 'wait',
      retry: 'yes',
    },
    2655081: {
      message: 'The business has all the ad accounts that it may have.',
      hint: 'Pay an open bill or verify the business, which lifts the number.',
      who: 'customer',
      retry: 'later',
    },
  }),
};
