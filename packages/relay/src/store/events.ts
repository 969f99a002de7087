import type { Transaction } from 'kysely';
import { newId } from '../id.ts';
import type { Tables } from './schema.ts';

/** Types of the events that the site's backend is told of; the body's `data` always has `portal` and `reference`. */
export type EventType =
  | 'onboarding.completed'
  | 'onboarding.failed'
  | 'onboarding.action_required'
  | 'signup.cancelled'
  | 'account.connected'
  | 'account.reconnected'
  | 'account.removed'
  | 'sync.progress';

export interface OutgoingEvent {
  portal: string;
  type: EventType;
  /** Without secrets. */
  data: Record<string, unknown>;
  /** Of what must not be told twice: a second event of this id is dropped. */
  id?: string;
}

/**
 * Writes an event into the outbox, in the transaction of the change that it tells of: neither is ever without the
 * other.
 *
 * @param time milliseconds since 1970
 */
export async function announce(
  trx: Transaction<Tables>,
  { portal, type, data, id }: OutgoingEvent,
  time: number,
): Promise<void> {
  const body = { type, timestamp: new Date(time).toISOString(), data: { portal, ...data } };
  await trx
    .insertInto('outbox')
    .values({ id: id ?? newId('msg', time), portal, type, body: JSON.stringify(body), created_at: time })
    .onConflict((conflict) => conflict.column('id').doNothing())
    .execute();
}
