import type { StepError } from 'whatsapp-embedded-signup/protocol';
import { systemUserOf } from '../credit/partner.ts';
import { type Refusal, readRefusal } from '../credit/refusal.ts';
import { assignUser, readAssigned } from '../graph/partner-calls.ts';
import { audit } from '../store/audit.ts';
import { provedAccount } from './account.ts';
import type { StepContext, StepOutcome } from './steps.ts';

/** Any of these lets a user put the account on a credit line (Meta: Multi-Partner Solutions › Step 7). */
const enough: readonly string[] = ['MANAGE', 'FULL_CONTROL'];

/**
 * For a partner whose Multi-Partner Solution leaves the messaging to the other side: full access is refused to it,
 * and it has to name what it needs (Meta: Multi-Partner Solutions › Step 7).
 */
const granular = [
  'DEVELOP',
  'MANAGE_TEMPLATES',
  'MANAGE_PHONE',
  'VIEW_COST',
  'MANAGE_EXTENSIONS',
  'VIEW_PHONE_ASSETS',
  'MANAGE_PHONE_ASSETS',
  'VIEW_TEMPLATES',
  'VIEW_INSIGHTS',
  'MANAGE_BILLING',
] as const;

/** Assigns the partner's system user to the account, which the credit line asks for (Meta: Manage system users). */
export async function assignSystemUser(context: StepContext): Promise<StepOutcome> {
  const { graph, portal, now } = context;
  const user = systemUserOf(portal);
  // The portal was a Solution Partner's when the onboarding began, and is no longer.
  if (user === null) return { status: 'skipped' };
  const { wabaId } = await provedAccount(context);
  const { token, userId, businessId } = user;

  const before = await tasksBefore();
  if (before.some((task) => enough.includes(task))) return { status: 'done' };
  if (portal.solutionId !== null && granular.every((task) => before.includes(task)))
    return { status: 'done' };

  // What the user could do before it can do afterwards: the tasks that are sent replace those that it had.
  let refusal = await assign(['MANAGE', ...before]);
  if (refusal?.kind === 'permission' && portal.solutionId !== null)
    refusal = await assign([...new Set([...before, ...granular])]);
  if (refusal) return { status: 'failed', error: errorOf(refusal) };
  return {
    status: 'done',
    also: (trx) =>
      audit(
        trx,
        {
          portal: portal.name,
          actor: 'relay',
          action: 'system_user.assigned',
          subject: wabaId,
          detail: { systemUserId: userId },
        },
        now(),
      ),
  };

  /** A list that may not be read says nothing; the call itself is refused with a better reason then. */
  async function tasksBefore(): Promise<string[]> {
    try {
      const users = await readAssigned(graph, token, wabaId, businessId);
      return users.find(({ id }) => id === userId)?.tasks ?? [];
    } catch (cause) {
      readRefusal(cause);
      return [];
    }
  }

  async function assign(tasks: readonly string[]): Promise<Refusal | null> {
    try {
      await assignUser(graph, token, wabaId, { userId, tasks });
      return null;
    } catch (cause) {
      return readRefusal(cause);
    }
  }
}

function errorOf(refusal: Refusal): StepError {
  switch (refusal.kind) {
    case 'token':
      return refusal.as('system-user-token-invalid');
    case 'not-there':
      return refusal.as('account-not-visible');
    case 'app':
    case 'permission':
      return refusal.as('system-user-not-admin');
    case 'parameter':
      return refusal.as('system-user-unknown');
    default:
      return refusal.plain;
  }
}
