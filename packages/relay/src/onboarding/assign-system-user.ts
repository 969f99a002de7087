import { assignSystemUser as assign } from '../credit/assign.ts';
import { systemUserOf } from '../credit/partner.ts';
import { audit } from '../store/audit.ts';
import { provedAccount } from './account.ts';
import type { StepContext, StepOutcome } from './steps.ts';

/** Assigns the partner's system user to the account that the customer's token has read. */
export async function assignSystemUser(context: StepContext): Promise<StepOutcome> {
  const { graph, portal, now } = context;
  const user = systemUserOf(portal);
  // The portal was a Solution Partner's when the onboarding began, and is no longer.
  if (user === null) return { status: 'skipped' };
  const { wabaId } = await provedAccount(context);
  const assigned = await assign({ graph, portal, user, wabaId });
  if (assigned.kind === 'failed') return { status: 'failed', error: assigned.error };
  if (assigned.kind === 'already') return { status: 'done' };
  const written = {
    portal: portal.name,
    actor: 'relay',
    action: 'system_user.assigned',
    subject: wabaId,
    detail: { systemUserId: user.userId },
  } as const;
  return { status: 'done', also: (trx) => audit(trx, written, now()) };
}
