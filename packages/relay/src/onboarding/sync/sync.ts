import { type AppData, requestAppData } from '../../graph/calls.ts';
import { GraphError } from '../../graph/error.ts';
import { syncTooLate, wasAskedBefore } from '../../graph/meaning.ts';
import { accountOf } from '../account.ts';
import type { StepContext, StepOutcome, StepWork } from '../steps.ts';
import { syncEnds } from './deadlines.ts';

/** Asks for the contacts of a number on the WhatsApp Business app. They come by webhook. */
export const syncContacts: StepWork = (context) => sync(context, 'smb_app_state_sync');

/** Asks for its chat history, if the customer lets it go; a refusal of theirs comes by webhook too. */
export const syncHistory: StepWork = (context) => sync(context, 'history');

/**
 * Asked for twice, Meta says so and does nothing: then the first call was heard and only its answer was lost. So
 * there is nothing to read before a later attempt.
 */
async function sync({ row, store, graph, token, now }: StepContext, type: AppData): Promise<StepOutcome> {
  const { phoneNumberId } = accountOf(row);
  if (phoneNumberId === null) return { status: 'skipped' };
  if (now() >= (await syncEnds(store, row))) return { status: 'failed', error: syncTooLate };
  // Written before the call: what it asks for can be here before its answer.
  const asker = { onboarding_id: row.id };
  await store
    .insertInto('sync_request')
    .values({ phone_number_id: phoneNumberId, ...asker })
    .onConflict((conflict) => conflict.column('phone_number_id').doUpdateSet(asker))
    .execute();
  try {
    return { status: 'done', result: { requestId: await requestAppData(graph, token, phoneNumberId, type) } };
  } catch (cause) {
    if (!(cause instanceof GraphError) || !wasAskedBefore(cause)) throw cause;
    return { status: 'done' };
  }
}
