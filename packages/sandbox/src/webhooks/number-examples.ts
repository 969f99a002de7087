import { decisions, qualityEvents } from '../world/happening.ts';
import { chosen, type Example } from './example.ts';
import * as traffic from './traffic.ts';
import * as value from './values.ts';

const limit = { now: 'TIER_2K' };

const securityEvents = ['PIN_CHANGED', 'PIN_RESET_REQUEST', 'PIN_REQUEST_SUCCESS'] as const;

/** Of a number, and of the messages that go through it. */
export const numberExamples: Readonly<Record<string, Example>> = {
  phone_number_name_update: {
    events: decisions,
    make: ({ waba, phone, event }) =>
      value.nameReview(waba, phone, phone.newName?.name ?? phone.verifiedName, chosen(decisions, event)),
  },
  phone_number_quality_update: {
    events: qualityEvents,
    make: ({ waba, phone, event = 'THROUGHPUT_UPGRADE' }) =>
      value.numberQuality(waba, phone, chosen(qualityEvents, event), limit),
  },
  security: {
    events: securityEvents,
    make: ({ waba, phone, event }) =>
      value.security(
        waba,
        phone,
        chosen(securityEvents, event),
        event === 'PIN_RESET_REQUEST' ? '61555822107539' : undefined,
      ),
  },
  account_settings_update: {
    make: ({ world, waba, phone }) =>
      value.ofAccount(
        waba,
        'account_settings_update',
        {
          messaging_product: 'whatsapp',
          timestamp: String(Math.floor(world.clock.now() / 1000)),
          type: 'phone_number_settings',
          phone_number_settings: {
            phone_number_id: phone.id,
            calling: {
              status: 'ENABLED',
              call_icon_visibility: 'DEFAULT',
              callback_permission_status: 'ENABLED',
              call_hours: { status: 'DISABLED' },
              sip: { status: 'DISABLED' },
            },
          },
        },
        phone.id,
      ),
  },
  messages: {
    events: ['text', 'status'],
    make: ({ world, waba, phone, event }) =>
      event === 'status'
        ? traffic.messageStatus(world, waba, phone)
        : traffic.incomingText(world, waba, phone),
  },
  history: {
    events: ['chunk', 'declined'],
    make: ({ world, waba, phone, event }) =>
      event === 'declined'
        ? traffic.historyDeclined(waba, phone)
        : traffic.historyChunk(world, waba, phone, { phase: 0, chunk_order: 1, progress: 55 }),
  },
  smb_app_state_sync: { make: ({ world, waba, phone }) => traffic.contactSync(world, waba, phone) },
  smb_message_echoes: { make: ({ world, waba, phone }) => traffic.messageEcho(world, waba, phone) },
};
