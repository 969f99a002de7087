import type { SystemUser } from '../../world/access.ts';
import { type Call, requirePermission, requireSystemToken } from '../frame/call.ts';
import { GraphError } from '../frame/errors.ts';

/** 200 with the subcode that Meta's reference gives to whoever may see a thing, but not do this with it. */
export function permissionDenied(message: string, subcode = 1349174): GraphError {
  return new GraphError({
    message: `(#200) ${message}`,
    type: 'OAuthException',
    code: 200,
    subcode,
    status: 403,
  });
}

/** The system user who calls: business tokens and apps themselves may not manage what is the partner's. */
export function requireSystemUser(call: Call): SystemUser {
  const token = requireSystemToken(call.caller);
  const user = call.world.systemUsers.get(token.userId);
  if (user) return user;
  throw permissionDenied('Permissions error');
}

/** A system user with the Admin role on its business portfolio. */
export function requireAdmin(call: Call, message = 'Permissions error'): SystemUser {
  const user = requireSystemUser(call);
  if (user.role === 'ADMIN') return user;
  throw permissionDenied(message);
}

/**
 * Meta: Managing credit lines › Authentication and authorization: `business_management`, and the Admin or
 * Finance editor role. The edges' own reference names the refusal: 200, Permissions error.
 */
export function requireFinance(call: Call): SystemUser {
  const user = requireSystemUser(call);
  requirePermission(call.caller, 'business_management');
  if (user.role === 'ADMIN' || user.isFinanceEditor) return user;
  throw permissionDenied('Permissions error');
}
