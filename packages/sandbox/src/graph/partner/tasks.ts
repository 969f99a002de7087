import type { Solution } from '../../world/partnership.ts';

/** What both sides of a solution get of every customer. Meta: Multi-Partner Solutions › Step 4. */
export const solutionTasks = [
  'MANAGE',
  'DEVELOP',
  'MANAGE_TEMPLATES',
  'MANAGE_PHONE',
  'VIEW_COST',
  'MANAGE_EXTENSIONS',
  'VIEW_PHONE_ASSETS',
  'MANAGE_PHONE_ASSETS',
  'VIEW_TEMPLATES',
  'VIEW_INSIGHTS',
] as const;

/** What a user of an account can be allowed. Meta: WhatsApp Business Account › Assigned users. */
export const tasks = [
  ...solutionTasks,
  'RECEIVE_INCOMING_MESSAGES',
  'MANAGE_BILLING',
  'MANAGE_USERS',
  'MESSAGING',
  'FULL_CONTROL',
] as const;

/** Any of these lets a user put the account on a credit line. Meta: Multi-Partner Solutions › Step 7. */
export const billingTasks = ['MANAGE', 'MANAGE_BILLING', 'FULL_CONTROL'] as const;

/**
 * Meta: Multi-Partner Solutions › Step 7: who lacks `MESSAGING` in the solution has no full access, and must
 * name the granular tasks.
 */
export const fullAccessTasks = ['MANAGE', 'MESSAGING', 'FULL_CONTROL'] as const;

/** The permissions that an app was given in a solution, beside those that everyone in it has. */
export function configuredPermissions(solution: Solution, appId: string): readonly string[] {
  return solution.ownerAppId === appId ? solution.ownerPermissions : solution.partnerPermissions;
}
