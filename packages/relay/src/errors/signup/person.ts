import type { SignupErrors } from './area.ts';
import { area } from './area.ts';

/** The person who goes through the window. */
export const person: SignupErrors = {
  ...area('Authentication', {
    2136001: {
      message: 'Meta asks for a security check first.',
      hint: 'Open the link in the message and pass the check.',
      who: 'customer',
      retry: 'yes',
    },
    2859009: {
      message: 'This account wants two-factor sign-in.',
      hint: 'Turn it on in the business settings, by the link in the message.',
      who: 'customer',
      retry: 'yes',
    },
    2859043: {
      message: 'The sign-in comes from a device or place that Meta does not know.',
      hint: 'Reload the page or open the business’s home page, and confirm the sign-in.',
      who: 'customer',
      retry: 'yes',
    },
    4612001: {
      message: 'The Facebook profile has no two-factor sign-in.',
      hint: 'Turn it on in Accounts Center, under Password and security.',
      who: 'customer',
      retry: 'yes',
    },
  }),
  ...area('CAPTCHA', {
    2655091: {
      message: 'The question that tells people from programs was not answered.',
      hint: 'Answer it, then go on.',
      who: 'customer',
      retry: 'yes',
    },
  }),
  ...area('Pages', {
    1690181: {
      message: 'The person does not administer the Page, or does so through an agency alone.',
      hint: 'Have an admin of the Page do it, or become one.',
      who: 'customer',
      retry: 'yes',
    },
    1752069: {
      message:
        'The person has administered the Page for less than a week, which is too short to approve this.',
      hint: 'Come back after a full week.',
      who: 'wait',
      retry: 'later',
    },
  }),
};
