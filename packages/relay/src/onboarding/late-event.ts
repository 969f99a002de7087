import type { LateEvent } from 'whatsapp-embedded-signup/protocol';
import type { Hub } from '../hub.ts';
import type { Store } from '../store/store.ts';
import { claims } from './intent.ts';
import { touch } from './ledger.ts';

/**
 * Writes down a dialog's message that came after the code: what it says, over what came with the code. The first
 * finish event stays: a page cannot change what it said, and a step that has run is not taken back.
 */
export async function addLateEvent(
  { store, hub, now }: { store: Store; hub: Hub; now: () => number },
  id: string,
  event: LateEvent,
): Promise<void> {
  const said = claims(event);
  if (Object.keys(said).length === 0) return;
  const changed = await store.transaction().execute(async (trx) => {
    const row = await trx.selectFrom('onboarding').selectAll().where('id', '=', id).executeTakeFirst();
    if (!row || row.finish_event !== null || row.ended_at !== null) return false;
    await touch(trx, id, now(), said);
    return true;
  });
  if (changed) hub.publish(id);
}
