import type { Business } from '../../world/assets.ts';
import { graphTime } from '../frame/graph-time.ts';
import type { NodeType } from '../frame/node-type.ts';

/** What a business says of itself, wherever it stands in an answer. Meta: Marketing API › Business. */
export const businessFields: NodeType<Business>['fields'] = {
  name: ({ name }) => name,
  verification_status: ({ verification }) => verification,
  vertical: () => 'OTHER',
  timezone_id: () => 1,
  link: ({ id }) => `https://business.facebook.com/settings/info?business_id=${id}`,
  created_time: ({ createdAt }) => graphTime(createdAt),
  is_hidden: () => false,
  two_factor_type: () => 'none',
  // No business of the sandbox has a page.
  primary_page: () => undefined,
};
