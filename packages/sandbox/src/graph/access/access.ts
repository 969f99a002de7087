import { reaches } from '../../world/installs.ts';
import { type Call, requirePermission } from '../frame/call.ts';
import { GraphError } from '../frame/errors.ts';

/** The permission, and an app that gets at what this business owns: asked before anything is done with it. */
export function requireAccess(
  call: Pick<Call, 'world' | 'caller'>,
  permission: string,
  businessId: string,
): void {
  requirePermission(call.caller, permission);
  requireReach(call, permission, businessId);
}

/**
 * 200: with standard access, or in development mode, an app ends at its own business and at those whose people
 * have a role on it. Meta: Graph API › Access levels. The words are those of its messaging endpoints.
 */
export function requireReach(
  { world, caller }: Pick<Call, 'world' | 'caller'>,
  permission: string,
  businessId: string,
): void {
  if (reaches(world, caller.app, businessId)) return;
  throw new GraphError({
    message: `(#200) App does not have Advanced Access to ${permission} permission and recipient user does not have role on app`,
    type: 'OAuthException',
    code: 200,
    status: 403,
  });
}
