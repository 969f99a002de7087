import { revoke } from '../../world/funding.ts';
import type { Allocation } from '../../world/partnership.ts';
import type { World } from '../../world/world.ts';
import { requireFinance } from '../business/business-role.ts';
import { badParameter } from '../frame/errors.ts';
import type { NodeType } from '../frame/node-type.ts';
import { creditQuota } from './credit-quota.ts';

/** One share of a credit line. Meta: Graph API › Extended Credit Allocation Config. */
export const allocationNode: NodeType<Allocation> = {
  name: 'ExtendedCreditAllocationConfig',
  find: (id, { world, caller }) => {
    const allocation = world.allocations.get(id);
    const owner = allocation && ownerOf(world, allocation);
    return caller.kind === 'token' && caller.token.businessId === owner ? allocation : undefined;
  },
  check: (_allocation, call) => void requireFinance(call),
  quota: (allocation, { world }) => creditQuota(ownerOf(world, allocation)),
  defaults: ['owning_business', 'receiving_business', 'request_status', 'id'],
  fields: {
    owning_business: (allocation, { world }) => namedBusiness(world, ownerOf(world, allocation)),
    // Told even where the account is not shared any more: it is how a partner still finds the customer.
    receiving_business: ({ receivingBusinessId }, { world }) => namedBusiness(world, receivingBusinessId),
    owning_credential: ({ creditLineId }) => ({ id: creditLineId }),
    receiving_credential: ({ credentialId }) => ({ id: credentialId }),
    // Meta documents DELETED alone; the word for the other state is what partners report.
    request_status: ({ status }) => (status === 'ACTIVE' ? 'APPROVED' : 'DELETED'),
    liability_type: () => 'Normal',
    partition_type: () => 'FIXED_WITHOUT_PARTITION',
    send_bill_to: () => 'Advertiser',
  },
  remove: (allocation, { world }) => {
    if (allocation.status === 'DELETED') throw badParameter('Invalid parameter');
    revoke(world, allocation);
    return { success: true };
  },
};

function ownerOf(world: World, { creditLineId }: Allocation): string {
  return world.creditLines.get(creditLineId)?.businessId ?? '';
}

function namedBusiness(world: World, id: string) {
  return { name: world.businesses.get(id)?.name ?? '', id };
}
