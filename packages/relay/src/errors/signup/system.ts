import type { SignupErrors } from './area.ts';
import { area } from './area.ts';

/** What Meta has no better word for. */
export const system: SignupErrors = {
  ...area('System errors', {
    1349246: {
      message: 'Not everything got the permissions that were asked for.',
      hint: 'Open a case at Business Support.',
      who: 'Meta',
      retry: 'later',
    },
    1357053: {
      message: 'The account may not do this.',
      hint: 'Find out why it is restricted.',
      who: 'customer',
      retry: 'later',
    },
    1675012: {
      message: 'The request met a problem.',
      hint: 'Wait, then repeat the step.',
      who: 'wait',
      retry: 'later',
    },
    1675030: {
      message: 'A query failed.',
      hint: 'Wait, then repeat the step.',
      who: 'wait',
      retry: 'later',
    },
    1690061: {
      message: 'The business has this already.',
      hint: 'Open a case at Business Support.',
      who: 'Meta',
      retry: 'no',
    },
    1752206: {
      message: 'The business cannot take this person in.',
      hint: 'Open a case at Business Support.',
      who: 'Meta',
      retry: 'later',
    },
    1752224: {
      message: 'An earlier try at connecting the businesses has not ended.',
      hint: 'Let it end, then repeat the step.',
      who: 'wait',
      retry: 'later',
    },
    2494102: {
      message: 'The reference of an uploaded file looks wrong.',
      hint: 'Correct it; if it is right, open a case at Business Support.',
      who: 'partner',
      retry: 'yes',
    },
    2593030: {
      message: 'The account was not made.',
      hint: 'Wait, then repeat the step. If it happens again, open a case at Business Support.',
      who: 'wait',
      retry: 'later',
    },
    2593035: {
      message: 'The number was not written down.',
      hint: 'Check the digits and repeat the step once, then open a case at Business Support.',
      who: 'Meta',
      retry: 'yes',
    },
    2655069: {
      message: 'The terms of Marketing Messages Lite could not be accepted.',
      hint: 'Repeat the step once, then open a case at Business Support.',
      who: 'Meta',
      retry: 'yes',
    },
    3441003: {
      message: 'Something failed, and Meta says not what.',
      hint: 'Repeat it after a while, or open a case at Business Support.',
      who: 'Meta',
      retry: 'later',
    },
    4056009: {
      message: 'The account could not be set up.',
      hint: 'Open a case at Business Support.',
      who: 'Meta',
      retry: 'later',
    },
  }),
};
