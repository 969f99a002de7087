import type { Transaction } from 'kysely';
import { newId } from '../id.ts';
import type { Tables } from './schema.ts';

/** What is written down of a use of the partner's own rights. */
export interface Audited {
  portal: string;
  /** `relay`, or the part of the portal key that may be shown. */
  actor: string;
  action: 'token.recovered' | 'system_user.assigned' | 'credit.shared' | 'credit.revoked';
  /** The WABA. */
  subject: string;
  /** Without secrets. */
  detail: Record<string, unknown>;
}

/**
 * Adds a row to the audit, in the transaction of the change that it tells of.
 *
 * @param time milliseconds since 1970
 */
export async function audit(
  trx: Transaction<Tables>,
  { detail, ...audited }: Audited,
  time: number,
): Promise<void> {
  await trx
    .insertInto('audit')
    .values({ id: newId('aud', time), ...audited, detail: JSON.stringify(detail), at: time })
    .execute();
}
