import { systemUserOf } from '../credit/partner.ts';
import { partnerError } from '../credit/sentences.ts';
import { shareCredit as share } from '../credit/share.ts';
import { provedAccount } from './account.ts';
import type { Decisions } from './answers.ts';
import type { StepContext, StepOutcome } from './steps.ts';

/** Has the partner's credit line pay for the account, where the settings and the site's backend say so. */
export async function shareCredit(context: StepContext): Promise<StepOutcome> {
  const { graph, store, now, portal, row, attempt } = context;
  const { mode, lineId, currency } = portal.credit;
  const user = systemUserOf(portal);
  if (mode === 'off' || lineId === null || user === null) return { status: 'skipped' };
  const { wabaId } = await provedAccount(context);
  const { credit: approved } = JSON.parse(row.decisions ?? '{}') as Decisions;
  if (approved === false) return { status: 'skipped' };

  const shared = await share({
    graph,
    store,
    now,
    portal,
    lineId,
    user,
    sharer: { wabaId, onboardingId: row.id, actor: 'relay' },
    again: attempt > 1,
    mayShare: ({ revoked }) => approved === true || (mode === 'auto' && !revoked),
  });
  switch (shared.kind) {
    case 'shared':
      return { status: 'done', result: { allocationId: shared.allocationId, currency } };
    case 'funded':
      return { status: 'skipped' };
    case 'not-yet':
      return { status: 'action_required', action: { kind: 'credit' } };
    case 'cap':
      return wait(context, shared.retryAt);
    case 'failed':
      return { status: 'failed', error: shared.error };
  }
}

/** A wait for the cap is no failed attempt, and there may be many while others are before it. */
function wait({ row }: StepContext, retryAt: number | null): StepOutcome {
  const error = partnerError('credit-cap-reached');
  if (retryAt === null) return { status: 'failed', error };
  return {
    status: 'action_required',
    retryAt,
    error,
    also: async (trx) => {
      await trx
        .updateTable('step')
        .set({ attempts: 0 })
        .where('onboarding_id', '=', row.id)
        .where('name', '=', 'share_credit')
        .execute();
    },
  };
}
