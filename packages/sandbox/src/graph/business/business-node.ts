import type { Business } from '../../world/assets.ts';
import { requireReach } from '../access/access.ts';
import { businessTokens } from '../access/business-tokens.ts';
import type { Call } from '../frame/call.ts';
import type { NodeType } from '../frame/node-type.ts';
import { partnerEdges } from '../partner/partner-edges.ts';
import { businessFields } from './business-fields.ts';
import { clientAccounts, ownedAccounts } from './waba-lists.ts';

/**
 * Whose business a token finds: its own, and, where it is the system user's of the app's own business, every
 * business that let the app in. A customer who never signed up, or took the app off, is not there.
 */
function findBusiness(id: string, { world, caller }: Call): Business | undefined {
  if (caller.kind === 'app') return undefined;
  const { token, app } = caller;
  const business = world.businesses.get(id);
  if (token.businessId === id) return business;
  const isPartner = token.kind === 'system' && token.businessId === app.businessId;
  return isPartner && business?.installs.has(app.id) ? business : undefined;
}

/** A business portfolio. Meta: Marketing API › Business. */
export const businessNode: NodeType<Business> = {
  name: 'Business',
  find: findBusiness,
  check: ({ id }, call) => requireReach(call, 'business_management', id),
  defaults: ['name', 'id'],
  fields: businessFields,
  edges: {
    owned_whatsapp_business_accounts: ownedAccounts,
    client_whatsapp_business_accounts: clientAccounts,
    system_user_access_tokens: businessTokens,
    ...partnerEdges,
  },
};
