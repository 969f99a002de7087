import type { Business } from '../../world/assets.ts';
import { activeAllocation } from '../../world/funding.ts';
import { orderedOf } from '../../world/ordered.ts';
import type { CreditLine } from '../../world/partnership.ts';
import { permissionDenied, requireFinance } from '../business/business-role.ts';
import type { Call } from '../frame/call.ts';
import { type Edge, listing, type NodeType } from '../frame/node-type.ts';
import { allocationNode } from './allocation-node.ts';
import { creditQuota } from './credit-quota.ts';
import { attach, share, shareAndAttach } from './credit-sharing.ts';

/** What Meta calls an extended credit. Meta: Marketing API › Extended Credit, and Managing credit lines. */
export const creditLineNode: NodeType<CreditLine> = {
  name: 'ExtendedCredit',
  // Its owner's, and for the attaching a business's that it was shared with.
  find: (id, { world, caller }) => {
    const line = world.creditLines.get(id);
    if (!line?.isAvailable || caller.kind === 'app') return undefined;
    const { businessId } = caller.token;
    return line.businessId === businessId || activeAllocation(line, businessId) ? line : undefined;
  },
  check: (_line, call) => void requireFinance(call),
  quota: ({ businessId }) => creditQuota(businessId),
  defaults: ['legal_entity_name', 'id'],
  fields: {
    legal_entity_name: (line) => line.legalEntityName,
    credit_type: () => 'EXTENDED_CREDIT',
    owner_business: ({ businessId }, { world }) => ({
      name: world.businesses.get(businessId)?.name ?? '',
      id: businessId,
    }),
    owner_business_name: ({ businessId }, { world }) => world.businesses.get(businessId)?.name,
    // A share for WhatsApp has no amount of its own, and the sandbox bills nobody.
    allocated_amount: () => dollars(0),
    balance: () => dollars(0),
    credit_available: () => dollars(limit),
    max_balance: () => dollars(limit),
    is_access_revoked: () => false,
  },
  edges: {
    owning_credit_allocation_configs: {
      get: (line, { parameters }) => {
        const receiver = parameters.get('receiving_business_id');
        return listing(allocationNode, line.allocations, {
          visible: ({ status, receivingBusinessId }) =>
            status === 'ACTIVE' && (receiver === undefined || receivingBusinessId === receiver),
        });
      },
    },
    whatsapp_credit_sharing_and_attach: { post: shareAndAttach },
    whatsapp_credit_sharing: { post: share },
    // The customer's own token attaches, which has no role in the partner's business.
    whatsapp_credit_attach: { check: () => {}, post: attach },
  },
};

/** `GET /{business}/extendedcredits`. Meta: Business › Extended Credits. */
export const extendedCredits: Edge<Business> = {
  check: (business, call) => checkOwner(business, call),
  quota: ({ id }) => creditQuota(id),
  get: (business, { world }) =>
    listing(
      creditLineNode,
      orderedOf([...world.creditLines.values()].filter(({ businessId }) => businessId === business.id)),
      { visible: ({ isAvailable }) => isAvailable },
    ),
};

function checkOwner(business: Business, call: Call): void {
  const { businessId } = requireFinance(call);
  if (businessId !== business.id) throw permissionDenied('Permissions error');
}

/** Dollars. */
const limit = 10_000;

/** Meta: Marketing API › Currency Amount. */
function dollars(amount: number) {
  return {
    amount: amount.toFixed(2),
    amount_in_hundredths: String(amount * 100),
    currency: 'USD',
    offsetted_amount: String(amount * 100),
  };
}
