import type { StepError } from 'whatsapp-embedded-signup/protocol';
import type { Graph } from '../graph/client.ts';
import { assignUser, readAssigned } from '../graph/partner-calls.ts';
import type { Portal } from '../settings/settings.ts';
import type { SystemUser } from './partner.ts';
import type { Refusal } from './refusal.ts';
import { readRefusal } from './refusal.ts';

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

export interface AssignOptions {
  graph: Graph;
  portal: Portal;
  user: SystemUser;
  wabaId: string;
}

export type Assigned = { kind: 'assigned' } | { kind: 'already' } | { kind: 'failed'; error: StepError };

/**
 * Assigns the partner's system user to an account, which the credit line asks for (Meta: Manage system users).
 *
 * @throws GraphError where the same may work later.
 */
export async function assignSystemUser({ graph, portal, user, wabaId }: AssignOptions): Promise<Assigned> {
  const { token, userId, businessId } = user;
  const before = await tasksBefore();
  if (before.some((task) => enough.includes(task))) return { kind: 'already' };
  const isInSolution = portal.solutionId !== null;
  if (isInSolution && granular.every((task) => before.includes(task))) return { kind: 'already' };

  // What the user could do before it can do afterwards: the tasks that are sent replace those that it had.
  let refusal = await assign(['MANAGE', ...before]);
  if (refusal?.kind === 'permission' && isInSolution)
    refusal = await assign([...new Set([...before, ...granular])]);
  return refusal ? { kind: 'failed', error: errorOf(refusal) } : { kind: 'assigned' };

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
