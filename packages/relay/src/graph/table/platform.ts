import type { Row, Rows } from './row.ts';
import { minuteMs } from './row.ts';

/** Errors of the Graph API as such (Meta: Graph API › Handle Errors; Graph API › Rate Limits). */

export const unavailable: Row = {
  code: 'meta-unavailable',
  message: 'Meta does not answer at the moment.',
  hint: 'Wait some minutes, then try again.',
  who: 'wait',
  again: 'soon',
};

export const refused: Row = {
  code: 'meta-refused',
  message: 'Meta refused this step, or did not say that it was done.',
  hint: 'Try again. If it happens again, tell the site’s owner.',
  who: 'partner',
  again: 'no',
};

export const permission: Row = {
  code: 'permission-missing',
  message: 'A permission is missing that this step needs.',
  hint: 'Check that the configuration asks for whatsapp_business_management and whatsapp_business_messaging, then start the signup again.',
  who: 'partner',
  again: 'mended',
};

const notAccessible: Row = {
  code: 'not-accessible',
  message: 'The account or number is gone, or the customer did not share it.',
  hint: 'Start the signup again and choose the account to share.',
  who: 'customer',
  again: 'mended',
};

const appSettings: Row = {
  code: 'app-settings',
  message: 'Meta does not accept the app’s id or secret.',
  hint: 'Check META_APP_ID and META_APP_SECRET.',
  who: 'partner',
  again: 'mended',
};

const badParameter: Row = {
  code: 'meta-refused',
  message: 'Meta did not accept what it was sent.',
  hint: 'Tell the site’s owner; Meta’s trace id finds the call in a support case.',
  who: 'partner',
  again: 'no',
};

/** Meta counts calls in a rolling hour, so that some are free again after a few minutes. */
const tooManyCalls: Row = {
  code: 'rate-limited',
  message: 'Meta takes no more calls for the moment: there were too many in the last hour.',
  hint: 'Wait; the onboarding goes on when Meta takes calls again.',
  who: 'wait',
  again: 'rate',
  waitMs: 5 * minuteMs,
};

const deadToken: Row = {
  code: 'token-invalid',
  message: 'Meta no longer accepts the access that the customer gave.',
  hint: 'Start the signup again.',
  who: 'customer',
  again: 'mended',
};

const blocked: Row = {
  code: 'policy-block',
  message: 'Meta has blocked this account or app for breaking a policy.',
  hint: 'Open Business Support Home, see what Meta objects to, and appeal or mend it.',
  who: 'customer',
  again: 'mended',
};

const codeHint = 'Start the signup again to get a new code.';

export const platform: Rows = {
  0: deadToken,
  1: unavailable,
  2: unavailable,
  3: permission,
  10: permission,
  33: notAccessible,
  100: badParameter,
  '100/33': notAccessible,
  '100/36007': {
    code: 'code-expired',
    message: 'Meta says that this code is too old; a code lives 30 seconds.',
    hint: codeHint,
    who: 'customer',
    again: 'no',
  },
  '100/36008': {
    code: 'code-refused',
    message: 'The address that was sent with the code is not the one that Meta gave it to.',
    hint: 'Codes of the JavaScript SDK are exchanged without redirect_uri, others with the exact one of the dialog.',
    who: 'partner',
    again: 'no',
  },
  '100/36009': {
    code: 'code-used',
    message: 'Meta says that this code was used before.',
    hint: codeHint,
    who: 'customer',
    again: 'no',
  },
  101: appSettings,
  102: deadToken,
  104: appSettings,
  190: deadToken,
  '190/458': {
    ...deadToken,
    message: 'The customer has removed the app, and with it the access.',
  },
  '190/459': {
    ...deadToken,
    message: 'Facebook holds the account at a security check.',
    hint: 'Sign in at facebook.com, pass the check, then start the signup again.',
  },
  '190/460': { ...deadToken, message: 'The password was changed, which ended the access.' },
  '190/463': { ...deadToken, message: 'The access has run out.' },
  '190/464': {
    ...deadToken,
    message: 'The Facebook account is not confirmed.',
    hint: 'Sign in at facebook.com, confirm the account, then start the signup again.',
  },
  '190/467': { ...deadToken, message: 'The access was withdrawn.' },
  '190/492': {
    ...deadToken,
    message: 'The person who gave the access has no role in the business any more.',
    hint: 'Have somebody with a role in the business start the signup again.',
  },
  368: blocked,
  803: notAccessible,
  4: tooManyCalls,
  17: tooManyCalls,
  32: tooManyCalls,
  341: tooManyCalls,
  613: tooManyCalls,
  80007: tooManyCalls,
  80008: tooManyCalls,
};
