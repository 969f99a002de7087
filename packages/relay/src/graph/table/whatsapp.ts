import { permission, unavailable } from './platform.ts';
import type { Row, Rows } from './row.ts';
import { minuteMs } from './row.ts';

/** Errors of the WhatsApp endpoints about accounts and messages (Meta: WhatsApp Business Platform › Error codes). */

const maintenance: Row = {
  code: 'meta-maintenance',
  message: 'Meta is working on this account and changes nothing meanwhile.',
  hint: 'Wait some minutes, then try again.',
  who: 'wait',
  again: 'wait',
  waitMs: 2 * minuteMs,
};

export const syncTooLate: Row = {
  code: 'sync-too-late',
  message: 'Contacts and history can be asked for in the first 24 hours alone, and those are over.',
  hint: 'Disconnect the number in the WhatsApp Business app (Settings › Account › Business Platform), then start the signup again.',
  who: 'customer',
  again: 'mended',
};

const tooManyMessages: Row = {
  code: 'rate-limited',
  message: 'The number sent more than Meta allows it at once.',
  hint: 'Wait, then send more slowly.',
  who: 'wait',
  again: 'rate',
  waitMs: minuteMs,
};

export const whatsapp: Rows = {
  130429: tooManyMessages,
  131000: unavailable,
  131005: permission,
  131016: unavailable,
  131031: {
    code: 'account-locked',
    message: 'Meta has locked this WhatsApp account, or the number has another two-step PIN.',
    hint: 'Open WhatsApp Manager, look at the account’s status and settle what it names, then try again.',
    who: 'customer',
    again: 'mended',
  },
  131037: {
    code: 'display-name-missing',
    message: 'The number has no approved display name.',
    hint: 'Ask for a display name in WhatsApp Manager; once it is approved, try again.',
    who: 'customer',
    again: 'mended',
  },
  131042: {
    code: 'payment-method-missing',
    message: 'The WhatsApp account has no valid payment method.',
    hint: 'Add one in WhatsApp Manager under Billing, then try again.',
    who: 'customer',
    again: 'mended',
  },
  131048: {
    ...tooManyMessages,
    message: 'Too many of the number’s messages were blocked or reported.',
    hint: 'Look at the number’s quality in WhatsApp Manager; send less, and what people asked for.',
    who: 'customer',
  },
  131056: {
    ...tooManyMessages,
    message: 'The number sent too many messages to the same person in a short time.',
  },
  131057: maintenance,
  131060: {
    code: 'message-unsupported',
    message: 'A message of this kind cannot be passed on to Cloud API.',
    hint: 'Nothing to do: the message is to be read in the WhatsApp Business app.',
    who: 'wait',
    again: 'no',
  },
  2494100: maintenance,
  2593107: {
    code: 'sync-already-asked',
    message: 'This synchronisation has been asked for already; Meta takes it once.',
    hint: 'Nothing to do. To have it anew, disconnect the number in the WhatsApp Business app and start the signup again.',
    who: 'wait',
    again: 'no',
  },
  2593108: syncTooLate,
  2593109: {
    code: 'history-declined',
    message: 'The customer keeps the chat history.',
    hint: 'Nothing to do: messages from now on arrive all the same.',
    who: 'customer',
    again: 'no',
  },
};
