import type { ExpressionBuilder } from 'kysely';
import type { Portal } from '../settings/settings.ts';
import { audit } from '../store/audit.ts';
import { keepGate } from '../store/gate.ts';
import type { CreditRow, Tables } from '../store/schema.ts';
import type { Store } from '../store/store.ts';

const DAY_MS = 24 * 60 * 60 * 1000;

/** Whose share it is. */
export interface Sharer {
  wabaId: string;
  /** null where the site's backend shares by itself. */
  onboardingId: string | null;
  /** For the audit. */
  actor: string;
}

/** `retryAt`, in milliseconds since 1970: when the cap lets the next one through; null where it lets none. */
export type Reservation =
  | { kind: 'reserved'; before: CreditRow | undefined }
  | { kind: 'cap'; retryAt: number | null };

/** What the relay knows of the credit line behind an account. */
export async function readCredit(store: Store, wabaId: string): Promise<CreditRow | undefined> {
  return store.selectFrom('credit').selectAll().where('waba_id', '=', wabaId).executeTakeFirst();
}

/**
 * Whether the backend has taken the credit line back from this customer, and not given it again since. Whoever signs
 * up anew then does not get it by that alone.
 */
export async function wasRevoked(
  store: Store,
  portal: string,
  { wabaId, businessId }: { wabaId: string; businessId: string | null },
): Promise<boolean> {
  const rows = await store
    .selectFrom('credit')
    .select(['allocation_id', 'revoked_at'])
    .where('portal', '=', portal)
    .where((eb) =>
      eb.or([
        eb('waba_id', '=', wabaId),
        ...(businessId === null ? [] : [eb('business_id', '=', businessId)]),
      ]),
    )
    .execute();
  const isShared = rows.some(
    ({ allocation_id, revoked_at }) => allocation_id !== null && revoked_at === null,
  );
  return !isShared && rows.some(({ revoked_at }) => revoked_at !== null);
}

/**
 * Takes one of the portal's shares of the last 24 hours, before the call that uses it: a crash in between costs a
 * place, and never lets one too many through. A place that was taken for the account and not used is taken anew: the
 * share is made now, and one of yesterday's would let it past those of today.
 */
export async function reserveShare(
  store: Store,
  { name, credit: { dailyCap, currency, lineId } }: Portal,
  { wabaId, onboardingId }: Sharer,
  time: number,
): Promise<Reservation> {
  return store.transaction().execute(async (trx): Promise<Reservation> => {
    await keepGate(trx, `credit/${name}`);
    const mine = await trx.selectFrom('credit').selectAll().where('waba_id', '=', wabaId).executeTakeFirst();
    const recent = await trx
      .selectFrom('credit')
      .select('shared_at')
      .where('portal', '=', name)
      .where('waba_id', '!=', wabaId)
      .where('shared_at', '>', time - DAY_MS)
      .orderBy('shared_at')
      .execute();
    if (recent.length >= dailyCap) {
      const freed = recent[recent.length - dailyCap];
      return { kind: 'cap', retryAt: freed ? freed.shared_at + DAY_MS : null };
    }
    const row = {
      portal: name,
      onboarding_id: onboardingId,
      line_id: lineId,
      business_id: null,
      allocation_id: null,
      currency,
      shared_at: time,
      revoked_at: null,
    };
    await trx
      .insertInto('credit')
      .values({ waba_id: wabaId, ...row })
      .onConflict((conflict) => conflict.column('waba_id').doUpdateSet(row))
      .execute();
    return { kind: 'reserved', before: mine };
  });
}

/** Gives a place back where Meta said that nothing was shared; that a share was taken back before is kept. */
export async function releaseShare(
  store: Store,
  portal: string,
  wabaId: string,
  before?: CreditRow,
): Promise<void> {
  const unused = (eb: ExpressionBuilder<Tables, 'credit'>) =>
    eb.and({ waba_id: wabaId, portal }).and('allocation_id', 'is', null).and('revoked_at', 'is', null);
  if (before?.portal === portal && before.revoked_at !== null)
    await store.updateTable('credit').set(before).where(unused).execute();
  else await store.deleteFrom('credit').where(unused).execute();
}

/** Writes down that the credit line is shared, once for each allocation, with the audit's row. */
export async function recordShare(
  store: Store,
  portal: Portal,
  { wabaId, onboardingId, actor }: Sharer,
  { allocationId, businessId }: { allocationId: string; businessId: string | null },
  time: number,
): Promise<void> {
  const { currency, lineId } = portal.credit;
  await store.transaction().execute(async (trx) => {
    await keepGate(trx, `credit/${portal.name}`);
    const known = await trx.selectFrom('credit').selectAll().where('waba_id', '=', wabaId).executeTakeFirst();
    const isMine = known?.portal === portal.name && known.revoked_at === null;
    if (isMine && known.allocation_id === allocationId) {
      if (known.business_id !== businessId && businessId !== null)
        await trx
          .updateTable('credit')
          .set({ business_id: businessId })
          .where('waba_id', '=', wabaId)
          .execute();
      return;
    }
    const row = {
      portal: portal.name,
      onboarding_id: onboardingId,
      line_id: lineId,
      business_id: businessId,
      allocation_id: allocationId,
      currency,
      shared_at: isMine ? known.shared_at : time,
      revoked_at: null,
    };
    await trx
      .insertInto('credit')
      .values({ waba_id: wabaId, ...row })
      .onConflict((conflict) => conflict.column('waba_id').doUpdateSet(row))
      .execute();
    const detail = { allocationId, businessId, currency, creditLineId: lineId, onboardingId };
    const { name } = portal;
    await audit(trx, { portal: name, actor, action: 'credit.shared', subject: wabaId, detail }, time);
  });
}
