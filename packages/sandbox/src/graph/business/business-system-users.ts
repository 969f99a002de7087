import type { Business } from '../../world/assets.ts';
import { systemUserNode } from '../access/system-user-node.ts';
import { type Call, requirePermission } from '../frame/call.ts';
import { required, requiredChoice } from '../frame/input.ts';
import { type Edge, listing } from '../frame/node-type.ts';
import { permissionDenied, requireAdmin, requireSystemUser } from './business-role.ts';

/** `/{business}/system_users`: a business's own, listed and made. Meta: Marketing API › Business › System users. */
export const businessSystemUsers: Edge<Business> = {
  check: (business, call) => checkOwner(business, call),
  get: (business) => listing(systemUserNode, business.systemUsers, { defaults: ['id', 'name', 'role'] }),
  post: (business, call) => {
    const { world, parameters } = call;
    requireAdmin(call);
    const name = required(parameters, 'name');
    const role = requiredChoice(parameters, 'role', ['ADMIN', 'EMPLOYEE', 'FINANCE_EDITOR']);
    const user = {
      ...world.newIdentity(),
      name,
      businessId: business.id,
      role: role === 'ADMIN' ? ('ADMIN' as const) : ('EMPLOYEE' as const),
      isFinanceEditor: role === 'FINANCE_EDITOR',
    };
    world.systemUsers.set(user.id, user);
    business.systemUsers.add(user);
    return { id: user.id };
  },
};

function checkOwner(business: Business, call: Call): void {
  requirePermission(call.caller, 'business_management');
  if (requireSystemUser(call).businessId !== business.id) throw permissionDenied('Permissions error');
}
