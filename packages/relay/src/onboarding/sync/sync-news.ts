import * as v from 'valibot';
import type { SyncProgress } from 'whatsapp-embedded-signup/protocol';
import type { Hub } from '../../hub.ts';
import { announce } from '../../store/events.ts';
import type { Store } from '../../store/store.ts';
import { lockOnboarding, touch } from '../ledger.ts';
import { readView } from '../view.ts';

/** What Meta says of a synchronisation that the relay has asked for. */
export interface SyncNews {
  phoneNumberId: string;
  step: 'sync_contacts' | 'sync_history';
  progress: SyncProgress;
}

/**
 * Writes down how far a synchronisation has come, and tells who waits and the site's backend. Meta repeats and
 * reorders what it sends, so progress only ever grows. False where it says nothing new, or of a number whose data
 * this relay never asked for.
 */
export type NoteSync = (news: SyncNews) => Promise<boolean>;

export interface SyncNewsOptions {
  store: Store;
  hub: Hub;
  now: () => number;
}

export function createNoteSync({ store, hub, now }: SyncNewsOptions): NoteSync {
  return async ({ phoneNumberId, step, progress }) => {
    const id = await store.transaction().execute(async (trx) => {
      const asker = await trx
        .selectFrom('sync_request')
        .select('onboarding_id')
        .where('phone_number_id', '=', phoneNumberId)
        .executeTakeFirst();
      const row = asker && (await lockOnboarding(trx, asker.onboarding_id));
      if (!row) return null;
      const known = await trx
        .selectFrom('step')
        .select('progress')
        .where('onboarding_id', '=', row.id)
        .where('name', '=', step)
        .executeTakeFirst();
      if (!known) return null;
      const before: SyncProgress = known.progress ? JSON.parse(known.progress) : {};
      const after = furthest(before, progress);
      if (JSON.stringify(after) === JSON.stringify(furthest(before, {}))) return null;
      await trx
        .updateTable('step')
        .set({ progress: JSON.stringify(after) })
        .where('onboarding_id', '=', row.id)
        .where('name', '=', step)
        .execute();
      await touch(trx, row.id, now());
      const data = { reference: row.reference, onboarding: await readView(trx, row.id) };
      await announce(trx, { portal: row.portal, type: 'sync.progress', data }, now());
      return row.id;
    });
    if (id === null) return false;
    hub.publish(id);
    return true;
  };
}

/** The further of both in each respect, in one order of its fields. */
function furthest(a: SyncProgress, b: SyncProgress): SyncProgress {
  const phase = highest(a.phase, b.phase);
  const percent = highest(a.percent, b.percent);
  return {
    ...(phase !== undefined && { phase }),
    ...(percent !== undefined && { percent }),
    ...((a.declined || b.declined) && { declined: true }),
  };
}

function highest(a: number | undefined, b: number | undefined): number | undefined {
  return a === undefined || b === undefined ? (a ?? b) : Math.max(a, b);
}

/** Meta: Webhooks › history › Chat history sharing declined. */
const DECLINED = 2593109;

const metadata = v.object({ phone_number_id: v.pipe(v.string(), v.regex(/^\d{1,25}$/)) });
const within = (most: number) => v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(most));
const optional = <const S extends v.GenericSchema>(schema: S) => v.fallback(v.optional(schema), undefined);

const historyValue = v.object({
  metadata,
  history: v.array(
    v.object({
      metadata: optional(v.object({ phase: optional(within(2)), progress: optional(within(100)) })),
      errors: optional(v.array(v.object({ code: v.number() }))),
    }),
  ),
});
const contactsValue = v.object({ metadata, state_sync: v.pipe(v.array(v.unknown()), v.minLength(1)) });

/**
 * Reads a webhook's `value` of the fields `history` and `smb_app_state_sync`; null where it says nothing of how far
 * it is, as the media of a history do. Contacts have no measure: once some came, that is all there is to know.
 */
export function readSyncNews(field: string, value: unknown): SyncNews | null {
  if (field === 'smb_app_state_sync') {
    const parsed = v.safeParse(contactsValue, value);
    if (!parsed.success) return null;
    const phoneNumberId = parsed.output.metadata.phone_number_id;
    return { phoneNumberId, step: 'sync_contacts', progress: { percent: 100 } };
  }
  const parsed = field === 'history' ? v.safeParse(historyValue, value) : null;
  if (!parsed?.success) return null;
  const progress = parsed.output.history
    .map(
      ({ metadata: chunk, errors }): SyncProgress => ({
        ...(chunk?.phase !== undefined && { phase: chunk.phase }),
        ...(chunk?.progress !== undefined && { percent: chunk.progress }),
        ...(errors?.some(({ code }) => code === DECLINED) && { declined: true }),
      }),
    )
    .reduce(furthest, {});
  if (Object.keys(progress).length === 0) return null;
  return { phoneNumberId: parsed.output.metadata.phone_number_id, step: 'sync_history', progress };
}
