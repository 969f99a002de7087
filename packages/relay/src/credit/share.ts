import type { StepError } from 'whatsapp-embedded-signup/protocol';
import type { Graph } from '../graph/client.ts';
import type { Allocation, Funding } from '../graph/partner-calls.ts';
import {
  findAllocations,
  readAllocation,
  readAssigned,
  readFunding,
  shareAndAttach,
} from '../graph/partner-calls.ts';
import type { Portal } from '../settings/settings.ts';
import type { CreditRow } from '../store/schema.ts';
import type { Store } from '../store/store.ts';
import type { SystemUser } from './partner.ts';
import { accountError, readRefusal } from './refusal.ts';
import type { Sharer } from './reserve.ts';
import { readCredit, recordShare, releaseShare, reserveShare, wasRevoked } from './reserve.ts';
import { partnerError } from './sentences.ts';

export interface ShareOptions {
  graph: Graph;
  store: Store;
  now: () => number;
  portal: Portal;
  /** The portal's own. */
  lineId: string;
  user: SystemUser;
  sharer: Sharer;
  /** The attempt before may have shared already, and what it wrote down of it counts. */
  again: boolean;
  /**
   * Asked once it is known that nobody pays for the account yet, and whether the credit line was taken back from
   * this customer before; false: nothing is shared.
   */
  mayShare: (was: { revoked: boolean }) => boolean;
}

export type Shared =
  | { kind: 'shared'; allocationId: string }
  /** Somebody pays already, and it was not this share: nothing was sent. */
  | { kind: 'funded' }
  | { kind: 'not-yet' }
  /** The daily cap; `retryAt` in milliseconds since 1970, null where it lets none through. */
  | { kind: 'cap'; retryAt: number | null }
  | { kind: 'failed'; error: StepError };

/**
 * Has the portal's credit line pay for an account, in the portal's currency, and reads back that it does (Meta:
 * Managing credit lines). Meta's answer can get lost, so it reads before it shares: an account that is paid for
 * is never put on the line a second time.
 *
 * @throws GraphError where the same may work later.
 */
export async function shareCredit(options: ShareOptions): Promise<Shared> {
  const { graph, store, now, portal, lineId, user, sharer, again, mayShare } = options;
  const { token } = user;
  const { wabaId } = sharer;

  let funding: Funding;
  try {
    funding = await readFunding(graph, token, wabaId);
  } catch (cause) {
    return { kind: 'failed', error: accountError(readRefusal(cause)) };
  }
  const known = await ownCredit();
  if (funding.fundingId !== null) return (await sharedBefore(funding, known)) ?? { kind: 'funded' };
  if (again && known?.allocation_id) return verified(known.allocation_id);

  const { businessId } = funding;
  if (!mayShare({ revoked: await wasRevoked(store, portal.name, { wabaId, businessId }) }))
    return { kind: 'not-yet' };
  const place = await reserveShare(store, portal, sharer, now());
  if (place.kind === 'cap') return place;
  let allocationId: string;
  try {
    const { currency } = portal.credit;
    allocationId = await shareAndAttach(graph, token, lineId, { wabaId, currency });
  } catch (cause) {
    return refused(cause, place.before);
  }
  // Before it is read back: from here on the partner may have to pay, and the share has to be found to be revoked.
  await record(allocationId, businessId);
  return verified(allocationId);

  async function ownCredit(): Promise<CreditRow | undefined> {
    const row = await readCredit(store, wabaId);
    return row?.portal === portal.name && row.revoked_at === null ? row : undefined;
  }

  async function record(allocation: string, business: string | null): Promise<void> {
    await recordShare(store, portal, sharer, { allocationId: allocation, businessId: business }, now());
  }

  /**
   * Whether what pays for the account is a share of this onboarding, or one whose call was sent and whose answer
   * was lost; its row is then written now. A place that was taken for nothing is given back.
   */
  async function sharedBefore(
    { fundingId, businessId: business }: Funding,
    row: CreditRow | undefined,
  ): Promise<Shared | null> {
    if (!row) return null;
    if (row.allocation_id !== null && row.onboarding_id !== sharer.onboardingId) return null;
    const candidates = await allocationsOf(row, business);
    const paying = candidates.find(({ credentialId }) => credentialId === fundingId);
    if (!paying) {
      if (row.allocation_id === null) await releaseShare(store, portal.name, wabaId);
      return null;
    }
    await record(paying.id, paying.businessId ?? business);
    return { kind: 'shared', allocationId: paying.id };
  }

  async function allocationsOf(row: CreditRow, business: string | null): Promise<Allocation[]> {
    try {
      if (row.allocation_id !== null) return [await readAllocation(graph, token, row.allocation_id)];
      return business === null ? [] : await findAllocations(graph, token, lineId, business);
    } catch (cause) {
      readRefusal(cause);
      return [];
    }
  }

  /** Meta: Managing credit lines › Verify that your credit line has been shared. */
  async function verified(id: string): Promise<Shared> {
    try {
      const [allocation, after] = await Promise.all([
        readAllocation(graph, token, id),
        readFunding(graph, token, wabaId),
      ]);
      if (allocation.businessId !== null) await record(id, allocation.businessId);
      if (after.fundingId !== null && allocation.credentialId === after.fundingId)
        return { kind: 'shared', allocationId: id };
      return { kind: 'failed', error: partnerError('credit-not-attached') };
    } catch (cause) {
      return { kind: 'failed', error: readRefusal(cause).as('credit-not-attached') };
    }
  }

  /** Meta says 100 or 200 for nearly everything here, so what stands behind it is read. */
  async function refused(cause: unknown, before: CreditRow | undefined): Promise<Shared> {
    const refusal = readRefusal(cause);
    if (refusal.kind === 'parameter') {
      // Two shares of one account at once: Meta takes the first, and does not put it on a line twice.
      const now = await readFunding(graph, token, wabaId);
      if (now.fundingId !== null) return (await sharedBefore(now, await ownCredit())) ?? { kind: 'funded' };
    }
    await releaseShare(store, portal.name, wabaId, before);
    switch (refusal.kind) {
      case 'token':
        return { kind: 'failed', error: refusal.as('system-user-token-invalid') };
      case 'not-there':
        return { kind: 'failed', error: refusal.as('credit-line-missing') };
      case 'app':
        return { kind: 'failed', error: refusal.as('credit-terms') };
      case 'permission': {
        const code = (await isAssigned()) ? 'finance-editor-missing' : 'system-user-not-assigned';
        return { kind: 'failed', error: refusal.as(code) };
      }
      case 'parameter':
        return { kind: 'failed', error: refusal.as('credit-refused') };
      default:
        return { kind: 'failed', error: refusal.plain };
    }
  }

  async function isAssigned(): Promise<boolean> {
    try {
      const users = await readAssigned(graph, token, wabaId, user.businessId);
      return users.some(({ id }) => id === user.userId);
    } catch {
      // What cannot be read is not what is wrong.
      return true;
    }
  }
}
