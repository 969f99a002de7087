import type { LateEvent, StepError } from 'whatsapp-embedded-signup/protocol';
import type { Hub } from '../../hub.ts';
import type { OnboardingRow } from '../../store/schema.ts';
import type { Store } from '../../store/store.ts';
import { lockOnboarding, touch } from '../ledger.ts';
import { claims } from './intent.ts';

/**
 * Writes down a dialog's message that came after the code: what it says, over what came with the code. The first
 * finish event stays: a page cannot change what it said, and a step that has run is not taken back. What the steps
 * make of it they read themselves: a `register` that has not been sent is stopped by it, and nothing else.
 */
export async function addLateEvent(
  { store, hub, now }: { store: Store; hub: Hub; now: () => number },
  id: string,
  event: LateEvent,
): Promise<void> {
  const said = claims(event);
  if (Object.keys(said).length === 0) return;
  const changed = await store.transaction().execute(async (trx) => {
    const row = await lockOnboarding(trx, id);
    if (!row || row.finish_event !== null || !mayStillMatter(row)) return false;
    await touch(trx, id, now(), said);
    return true;
  });
  if (changed) hub.publish(id);
}

/** An exchange whose answer was lost may be made good, and then it takes the ids to know whose it was. */
function mayStillMatter({ ended_at, error }: OnboardingRow): boolean {
  if (ended_at === null) return true;
  return error !== null && (JSON.parse(error) as StepError).code === 'exchange-unknown';
}
