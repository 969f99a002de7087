import type { SystemUser } from '../../world/access.ts';
import { createOrdered } from '../../world/ordered.ts';
import { requireSystemToken } from '../frame/call.ts';
import { type Edge, listing, type NodeType } from '../frame/node-type.ts';
import { assignedAccounts } from '../partner/assigned-accounts.ts';
import { makeSystemUserToken } from './system-user-tokens.ts';

/** A system user, as the tokens of its own business see it. Meta: Marketing API › Business › System users. */
export const systemUserNode: NodeType<SystemUser> = {
  name: 'SystemUser',
  find: (id, { world, caller }) => {
    const user = world.systemUsers.get(id);
    const isOwn = caller.kind === 'token' && caller.token.businessId === user?.businessId;
    return isOwn ? user : undefined;
  },
  defaults: ['name', 'id'],
  fields: {
    name: (user) => user.name,
    role: (user) => user.role,
    // Meta: Marketing API › System user: left out where the user has no say in money.
    finance_permission: ({ isFinanceEditor }) => (isFinanceEditor ? 'EDITOR' : undefined),
    business: ({ businessId }, { world }) => ({
      name: world.businesses.get(businessId)?.name ?? '',
      id: businessId,
    }),
  },
  edges: {
    assigned_whatsapp_business_accounts: assignedAccounts,
    access_tokens: { post: makeSystemUserToken },
  },
};

/** `GET /{waba}/system_users`: the caller's own, who can be assigned. Meta: Solution Partners › System users. */
export const ownSystemUsers: Edge<{ id: string }> = {
  get: (_waba, { world, caller }) => {
    const business = world.businesses.get(requireSystemToken(caller).businessId);
    return listing(systemUserNode, business?.systemUsers ?? createOrdered(), {
      defaults: ['id', 'name', 'role'],
    });
  },
};
