import type { World } from '../world/world.ts';

/** Whom a webhook is about, which decides who gets it. */
export type Audience =
  /** The apps that subscribed to the account. */
  | { of: 'account'; wabaId: string; phoneId: string | null }
  /** The apps of a partner's business, or one of them: what tells of the partnership itself. */
  | { of: 'partner'; businessId: string; appId: string | null }
  /** Every app that has the field: the dashboard's test button, and accounts that the sandbox has not made. */
  | { of: 'everyone'; wabaId: string | null; phoneId: string | null };

/** Something that is to be told by webhook. */
export interface Notice {
  field: string;
  value: unknown;
  /** `entry.id`: the account, but for partner events the partner's own business. */
  entryId: string;
  audience: Audience;
}

/**
 * Message traffic: it may go to an override, and its entries have no time. Meta: Webhooks › Override the callback
 * URL; the pages of the fields themselves.
 */
const trafficFields = new Set([
  'messages',
  'message_echoes',
  'calls',
  'consumer_profile',
  'messaging_handovers',
  'smb_message_echoes',
  'smb_app_state_sync',
  'history',
  'account_settings_update',
]);

export const isTraffic = (field: string): boolean => trafficFields.has(field) || field.startsWith('group_');

/** The body of a delivery. Meta: WhatsApp Business Platform › Webhooks › Payload. */
export function payloadOf(world: World, { field, value, entryId }: Notice): unknown {
  const time = isTraffic(field) ? {} : { time: Math.floor(world.clock.now() / 1000) };
  return {
    object: 'whatsapp_business_account',
    entry: [{ id: entryId, ...time, changes: [{ value, field }] }],
  };
}
