import type { StepError } from 'whatsapp-embedded-signup/protocol';
import type { Graph } from '../graph/client.ts';
import { deleteAllocation, findAllocations, readAllocation, readFunding } from '../graph/partner-calls.ts';
import type { Portal } from '../settings/settings.ts';
import { audit } from '../store/audit.ts';
import type { Store } from '../store/store.ts';
import type { SystemUser } from './partner.ts';
import type { Refusal } from './refusal.ts';
import { readRefusal } from './refusal.ts';
import { readCredit } from './reserve.ts';
import { partnerError } from './sentences.ts';

export interface RevokeOptions {
  graph: Graph;
  store: Store;
  now: () => number;
  portal: Portal;
  user: SystemUser;
  wabaId: string;
  actor: string;
}

export type Revoked =
  | {
      kind: 'revoked';
      allocationIds: string[];
      /** The accounts that the relay had put on the same shares: nobody pays for any of them now. */
      wabaIds: string[];
    }
  | { kind: 'not-shared' }
  | { kind: 'failed'; error: StepError };

/**
 * Takes the credit line back from a customer, and reads back that it is taken (Meta: Managing credit lines › Revoke
 * a shared credit line). Meta shares with the customer's business, so all its accounts lose it. Safe to repeat.
 *
 * @throws GraphError where the same may work later.
 */
export async function revokeCredit(options: RevokeOptions): Promise<Revoked> {
  const { graph, store, now, portal, user, wabaId, actor } = options;
  const { token } = user;
  const row = await readCredit(store, wabaId);
  const known = row?.portal === portal.name ? row : undefined;

  let ids: string[];
  try {
    ids = await shares();
    for (const id of ids) {
      if (!(await end(id))) return { kind: 'failed', error: partnerError('credit-not-revoked') };
    }
  } catch (cause) {
    return { kind: 'failed', error: errorOf(readRefusal(cause)) };
  }
  if (ids.length === 0) return { kind: 'not-shared' };
  return { kind: 'revoked', allocationIds: ids, wabaIds: await record(ids) };

  /** The share that is written down, also where it was ended by hand: only the row is missing then. */
  async function shares(): Promise<string[]> {
    const stored = known?.revoked_at === null ? known.allocation_id : null;
    const lineId = known?.line_id ?? portal.credit.lineId;
    const business = known?.business_id ?? (await ownerOf());
    const found =
      lineId === null || business === null ? [] : await findAllocations(graph, token, lineId, business);
    return [...new Set([...(stored === null ? [] : [stored]), ...found.map(({ id }) => id)])];
  }

  /**
   * As Meta says, never as a page once claimed: a customer could have another's share revoked. Once an account is
   * unshared nobody can read it any more, and what was written down has to do.
   */
  async function ownerOf(): Promise<string | null> {
    try {
      return (await readFunding(graph, token, wabaId)).businessId;
    } catch (cause) {
      if (readRefusal(cause).kind === 'not-there') return null;
      throw cause;
    }
  }

  async function end(id: string): Promise<boolean> {
    if (await isEnded(id)) return true;
    await deleteAllocation(graph, token, id);
    return isEnded(id);
  }

  /** One that is not there any more pays for nobody. */
  async function isEnded(id: string): Promise<boolean> {
    try {
      return (await readAllocation(graph, token, id)).isDeleted;
    } catch (cause) {
      const refusal = readRefusal(cause);
      if (refusal.kind === 'not-there') return true;
      throw cause;
    }
  }

  async function record(allocationIds: string[]): Promise<string[]> {
    return store.transaction().execute(async (trx) => {
      const revoked = await trx
        .updateTable('credit')
        .set({ revoked_at: now() })
        .where('portal', '=', portal.name)
        .where('revoked_at', 'is', null)
        .where((eb) => eb.or([eb('allocation_id', 'in', allocationIds), eb('waba_id', '=', wabaId)]))
        .returning('waba_id')
        .execute();
      const wabaIds = [...new Set([wabaId, ...revoked.map(({ waba_id }) => waba_id)])];
      const currency = known?.currency ?? null;
      const detail = { allocationIds, businessId: known?.business_id ?? null, currency, wabaIds };
      const { name } = portal;
      await audit(trx, { portal: name, actor, action: 'credit.revoked', subject: wabaId, detail }, now());
      return wabaIds;
    });
  }
}

function errorOf(refusal: Refusal): StepError {
  switch (refusal.kind) {
    case 'token':
      return refusal.as('system-user-token-invalid');
    case 'not-there':
      return refusal.as('credit-line-missing');
    case 'app':
    case 'permission':
      return refusal.as('finance-editor-missing');
    default:
      return refusal.plain;
  }
}
