import type { Token } from '../world.ts';
import type { NodeType } from './fields.ts';

/** Whose token it is. */
export const meNode: NodeType<{ id: string; token: Token }> = {
  name: 'User',
  defaults: ['name', 'id'],
  fields: {
    name: ({ token }) => token.userName,
    // Business tokens alone carry it; Meta: System user access tokens.
    client_business_id: ({ token }) => (token.kind === 'business' ? token.businessId : undefined),
  },
};
