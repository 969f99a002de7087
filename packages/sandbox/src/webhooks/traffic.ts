import { dayMs } from '../durations.ts';
import { digitsOf } from '../phone-digits.ts';
import type { Phone, Waba } from '../world/assets.ts';
import type { Happening } from '../world/happening.ts';
import { uniqueText } from '../world/unique-text.ts';
import type { World } from '../world/world.ts';
import type { Notice } from './notice.ts';
import { ofAccount } from './values.ts';

// Message traffic: every value names its number. Meta: WhatsApp Business Platform › Webhooks › messages, history,
// smb_app_state_sync, smb_message_echoes.

/** Whom a number speaks with: the customer's phone book. */
const contacts = [
  { full_name: 'Pablo Morales', first_name: 'Pablo', phone_number: '16505551234' },
  { full_name: 'Sheena Nelson', first_name: 'Sheena', phone_number: '12125557890' },
] as const;

const [pablo, sheena] = contacts;

/** A value of a traffic field, with what all of them have. */
const ofNumber = (waba: Waba, phone: Phone, field: string, value: object): Notice =>
  ofAccount(
    waba,
    field,
    {
      messaging_product: 'whatsapp',
      metadata: { display_phone_number: digitsOf(phone.displayNumber), phone_number_id: phone.id },
      ...value,
    },
    phone.id,
  );

/** Unix time in seconds, as text: so it stands in messages. */
const stamp = (at: number): string => String(Math.floor(at / 1000));

const messageId = (world: World): string => `wamid.${uniqueText(world, 40)}`;

export const incomingText = (
  world: World,
  waba: Waba,
  phone: Phone,
  body = 'Does it come in another colour?',
) =>
  ofNumber(waba, phone, 'messages', {
    contacts: [{ profile: { name: pablo.full_name }, wa_id: pablo.phone_number }],
    messages: [
      {
        from: pablo.phone_number,
        id: messageId(world),
        timestamp: stamp(world.clock.now()),
        type: 'text',
        text: { body },
      },
    ],
  });

/** What became of a message: of a made-up one that was delivered, where none is given. */
export function messageStatus(
  world: World,
  waba: Waba,
  phone: Phone,
  message: Omit<Extract<Happening, { kind: 'message-status' }>, 'kind' | 'phoneId'> = {
    messageId: messageId(world),
    to: pablo.phone_number,
    status: 'delivered',
    error: null,
  },
): Notice {
  const { status, error } = message;
  return ofNumber(waba, phone, 'messages', {
    statuses: [
      {
        id: message.messageId,
        status,
        timestamp: stamp(world.clock.now()),
        recipient_id: message.to,
        ...(error
          ? {
              errors: [
                {
                  code: error.code,
                  title: error.title,
                  message: error.title,
                  error_data: { details: error.title },
                },
              ],
            }
          : { pricing: { billable: true, pricing_model: 'PMP', category: 'service', type: 'regular' } }),
      },
    ],
  });
}

export const messageEcho = (world: World, waba: Waba, phone: Phone): Notice =>
  ofNumber(waba, phone, 'smb_message_echoes', {
    message_echoes: [
      {
        from: digitsOf(phone.displayNumber),
        to: pablo.phone_number,
        id: messageId(world),
        timestamp: stamp(world.clock.now()),
        type: 'text',
        text: { body: 'It does: blue and green.' },
      },
    ],
  });

export const contactSync = (world: World, waba: Waba, phone: Phone): Notice =>
  ofNumber(waba, phone, 'smb_app_state_sync', {
    state_sync: contacts.map((contact) => ({
      type: 'contact',
      contact,
      action: 'add',
      metadata: { timestamp: stamp(world.clock.now()) },
    })),
  });

/** Which part of the history comes in a chunk: `phase` by its age, `progress` of the whole in percent. */
export interface HistoryChunk {
  phase: 0 | 1 | 2;
  chunk_order: number;
  progress: number;
}

/** How old the messages of each phase are: up to a day, to 90 days, to 180. */
const ageMs = [dayMs / 2, 30 * dayMs, 120 * dayMs] as const;

export function historyChunk(world: World, waba: Waba, phone: Phone, chunk: HistoryChunk): Notice {
  const own = digitsOf(phone.displayNumber);
  const at = world.clock.now() - ageMs[chunk.phase];
  // A thread is named for whom it is with, so its messages say only who sent them.
  const message = (from: string, later: number, body: string) => ({
    from,
    id: messageId(world),
    timestamp: stamp(at + later),
    type: 'text',
    text: { body },
    history_context: { status: 'READ' },
  });
  return ofNumber(waba, phone, 'history', {
    history: [
      {
        metadata: chunk,
        threads: [
          {
            id: pablo.phone_number,
            messages: [
              message(pablo.phone_number, 0, 'Are you open on Sunday?'),
              message(own, 60_000, 'Yes, from ten to four.'),
            ],
          },
          {
            id: sheena.phone_number,
            messages: [message(own, 120_000, 'Thanks for your order!')],
          },
        ],
      },
    ],
  });
}

/** 2593109: the customer keeps the history to themselves. Meta: Webhooks › history › Chat history sharing declined. */
export function historyDeclined(waba: Waba, phone: Phone): Notice {
  const title = 'History sync is turned off by the business from the WhatsApp Business App';
  const error = {
    code: 2593109,
    title,
    message: title,
    error_data: { details: 'History sharing is turned off by the business' },
  };
  return ofNumber(waba, phone, 'history', { history: [{ errors: [error] }] });
}
