import type { Waba } from './assets.ts';
import type { Allocation, CreditLine } from './partnership.ts';
import type { World } from './world.ts';

/** The share that pays for an account now. */
export function fundingAllocation(world: World, waba: Waba): Allocation | undefined {
  return allocationsOf(world, waba).find(
    ({ status, credentialId }) => status === 'ACTIVE' && credentialId === waba.fundingId,
  );
}

/** What an account was put on once: the only credit line and currency that it can have from then on. */
export function firstAttachment(
  world: World,
  waba: Waba,
): { creditLineId: string; currency: string } | undefined {
  for (const { attached, creditLineId } of allocationsOf(world, waba)) {
    const currency = attached.get(waba.id);
    if (currency !== undefined) return { creditLineId, currency };
  }
  return undefined;
}

function allocationsOf(world: World, waba: Waba): Allocation[] {
  return [...world.creditLines.values()].flatMap(({ allocations }) =>
    [...allocations].filter(({ receivingBusinessId }) => receivingBusinessId === waba.businessId),
  );
}

/** The share of a line that a business has now. */
export function activeAllocation(line: CreditLine, businessId: string): Allocation | undefined {
  return [...line.allocations].find(
    ({ status, receivingBusinessId }) => status === 'ACTIVE' && receivingBusinessId === businessId,
  );
}

/** Ends a share: the accounts that it paid for are without a payment method. */
export function revoke(world: World, allocation: Allocation): void {
  allocation.status = 'DELETED';
  for (const wabaId of allocation.attached.keys()) {
    const waba = world.wabas.get(wabaId);
    if (waba?.fundingId === allocation.credentialId) waba.fundingId = null;
  }
}

/** Meta takes a credit line away: whatever it paid for is without a payment method. */
export function takeAway(world: World, line: CreditLine): void {
  line.isAvailable = false;
  for (const allocation of line.allocations) revoke(world, allocation);
}
