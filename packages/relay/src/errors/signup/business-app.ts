import type { SignupErrors } from './area.ts';
import { area } from './area.ts';

/** A number that stays on the WhatsApp Business app. */
export const businessApp: SignupErrors = {
  ...area('WhatsApp Business app', {
    2655048: {
      message: 'The number is not on the WhatsApp Business app.',
      hint: 'Register it there, or use one that is.',
      who: 'customer',
      retry: 'yes',
    },
    2655082: {
      message: 'The number belongs to a Facebook Page.',
      hint: 'Remove that Page in the settings of Meta Business Suite, or use another number.',
      who: 'customer',
      retry: 'yes',
    },
    2655093: {
      message: 'The account is with another partner, and the window cannot change that.',
      hint: 'Remove that partner in the WhatsApp Business app, then come back.',
      who: 'customer',
      retry: 'yes',
    },
    2655094: {
      message: 'The number is connected with another business platform.',
      hint: 'In the app: Settings › Account › Business Platform, disconnect; then wait 15 minutes.',
      who: 'customer',
      retry: 'later',
    },
    2655095: {
      message: 'The number is not on the WhatsApp Business app.',
      hint: 'Register it there, or use one that is.',
      who: 'customer',
      retry: 'yes',
    },
    3441030: {
      message: 'The number is registered already.',
      hint: 'Deregister it, or use another.',
      who: 'customer',
      retry: 'yes',
    },
    3441041: {
      message: 'The number belongs to another business than the one that was chosen.',
      hint: 'Use a number of this business, or take it away from the other.',
      who: 'customer',
      retry: 'yes',
    },
    3441042: {
      message: 'Numbers of this country cannot do this.',
      hint: 'Use a number of a country that can.',
      who: 'customer',
      retry: 'yes',
    },
    3441045: {
      message: 'The number cannot be connected yet.',
      hint: 'Go on using the WhatsApp Business app; Meta says not how much is enough.',
      who: 'customer',
      retry: 'later',
    },
    3441047: {
      message: 'The account uses marketing messages, which does not go together with the app.',
      hint: 'Choose another account.',
      who: 'customer',
      retry: 'yes',
    },
    3441049: {
      message: 'The number is still connected with a business platform.',
      hint: 'In the app: Settings › Account › Business Platform, disconnect; then wait 15 minutes.',
      who: 'customer',
      retry: 'later',
    },
    4563015: {
      message: 'The WhatsApp Business app on the phone is too old.',
      hint: 'Install the newest version.',
      who: 'customer',
      retry: 'yes',
    },
  }),
};
