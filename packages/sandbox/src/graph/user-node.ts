import type { Token } from '../world/access.ts';
import { badParameter } from './errors.ts';
import type { NodeType } from './node-type.ts';

/** Whoever holds the token. Meta: Graph API › User, System User. */
export const userNode: NodeType<{ id: string; token: Token }> = {
  name: 'User',
  // Another user's node is nobody's business here, so only the caller's own is found.
  find: (id, { caller }) =>
    caller.kind === 'token' && caller.token.userId === id ? { id, token: caller.token } : undefined,
  defaults: ['name', 'id'],
  fields: {
    name: ({ token }) => token.userName,
    // Business tokens alone carry it. Meta: Facebook Login for Business › System user access tokens.
    client_business_id: ({ token }) => {
      if (token.kind === 'business') return token.businessId;
      throw badParameter('Tried accessing nonexisting field (client_business_id) on node type (User)');
    },
  },
  edges: {
    permissions: {
      get: ({ token }) => ({
        data: token.scopes.map((permission) => ({ permission, status: 'granted' })),
      }),
      // Takes the app off. Meta: Graph API › User › Permissions: without a permission's name it means all.
      delete: ({ id, token }, { world }) => {
        const connection = world.connections.get(id);
        if (connection) connection.isConnected = false;
        token.ended = 'app-removed';
        return { success: true };
      },
    },
  },
};
