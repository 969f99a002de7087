import type { Business } from '../world/assets.ts';
import type { NodeType } from './node-type.ts';

/** A business portfolio. Meta: Graph API › Business. */
export const businessNode: NodeType<Business> = {
  name: 'Business',
  // The business whose token it is: the partner's own, or the customer that granted it.
  find: (id, { world, caller }) =>
    caller.kind === 'token' && caller.token.businessId === id ? world.businesses.get(id) : undefined,
  defaults: ['name', 'id'],
  fields: {
    name: (business) => business.name,
    verification_status: (business) => business.verification,
  },
};
