import type { Business } from '../../world/assets.ts';
import { graphTime } from '../frame/graph-time.ts';
import type { NodeType } from '../frame/node-type.ts';

const verifications = { not_verified: 'UNVERIFIED', pending: 'PENDING', verified: 'VERIFIED' } as const;

/** A customer's business, seen from the app that it let in. Meta: Application › Connected client businesses. */
export const connectedBusinessNode: NodeType<Business> = {
  name: 'Business',
  find: () => undefined,
  defaults: ['id', 'name', 'verification_status', 'business_status'],
  fields: {
    name: ({ name }) => name,
    // In capitals here and small at the business itself: Meta has two lists of words for it.
    verification_status: ({ verification }) => verifications[verification],
    business_status: () => 'ACTIVE',
    created_time: ({ createdAt }) => graphTime(createdAt),
    updated_time: ({ createdAt }) => graphTime(createdAt),
  },
};
