import type { Transaction } from 'kysely';
import type { Account, Onboarding, StepError, StepStatus } from 'whatsapp-embedded-signup/protocol';
import { announce } from '../../store/events.ts';
import type { AccountRow, OnboardingRow, Tables } from '../../store/schema.ts';
import type { Store } from '../../store/store.ts';
import { lockOnboarding, touch } from '../ledger.ts';
import type { StepContext } from '../steps.ts';
import { readView } from '../view.ts';

/**
 * What came of claiming an account. `conflict`: it is another's, and nothing was changed. `superseded`: the
 * onboarding that asks has itself been replaced.
 */
export type Claimed = 'bound' | 'conflict' | 'superseded';

/** Somebody else may take the account between a look and the transaction; not again and again. */
const MOST_LOOKS = 10;

/**
 * Binds a proved account to the portal and reference of an onboarding, whose token is the account's from then on.
 * The row of the account settles every race. With the same portal and reference it is a reconnection: the token of
 * before is erased, and an onboarding that it was of, and that has not ended, ends. What another portal or reference
 * has connected, or is about to, moves only where the site's backend has accepted that it moves from just that owner,
 * or where a page's claim alone had bound it.
 *
 * @param acceptedFrom the owner, as {@link ownerOf} gives it; null where nothing was accepted
 */
export async function claimAccount(
  { store, hub, now }: Pick<StepContext, 'store' | 'hub' | 'now'>,
  row: OnboardingRow,
  account: Account,
  acceptedFrom: string | null,
): Promise<Claimed> {
  for (let look = 0; look < MOST_LOOKS; look++) {
    const seen = await store
      .selectFrom('account')
      .select('onboarding_id')
      .where('waba_id', '=', account.wabaId)
      .executeTakeFirst();
    const holderId = seen?.onboarding_id ?? null;
    const claimed = await store
      .transaction()
      .execute((trx) => claim(trx, row, account, { holderId, acceptedFrom, time: now() }));
    if (claimed === 'look-again') continue;
    if (claimed === 'bound' && holderId !== null && holderId !== row.id) hub.publish(holderId);
    return claimed;
  }
  throw new Error('The account has changed hands each time that it was looked at.');
}

/** Who has an account now, as one text; null where nobody has. */
export async function ownerOf(store: Store, wabaId: string): Promise<string | null> {
  const held = await store
    .selectFrom('account')
    .select(['portal', 'reference'])
    .where('waba_id', '=', wabaId)
    .executeTakeFirst();
  return held ? nameOf(held) : null;
}

function nameOf({ portal, reference }: Pick<AccountRow, 'portal' | 'reference'>): string {
  return JSON.stringify([portal, reference]);
}

interface Claim {
  /** The onboarding that was seen to have it. */
  holderId: string | null;
  acceptedFrom: string | null;
  /** Milliseconds since 1970. */
  time: number;
}

async function claim(
  trx: Transaction<Tables>,
  row: OnboardingRow,
  { wabaId, businessId }: Account,
  { holderId, acceptedFrom, time }: Claim,
): Promise<Claimed | 'look-again'> {
  // Onboardings before the account, as at an onboarding's end, and these in one order: two claims never wait for
  // each other in a circle.
  const locked = new Map<string, OnboardingRow | undefined>();
  for (const id of [...new Set([row.id, ...(holderId === null ? [] : [holderId])])].sort()) {
    locked.set(id, await lockOnboarding(trx, id));
  }
  if (locked.get(row.id)?.status !== 'running') return 'superseded';

  const { portal, reference } = row;
  const ours = { portal, reference, onboarding_id: row.id, business_id: businessId, updated_at: time };
  const first = await trx
    .insertInto('account')
    .values({ waba_id: wabaId, ...ours, phone_number_id: null, connected_at: null, created_at: time })
    .onConflict((conflict) => conflict.column('waba_id').doNothing())
    .returning('waba_id')
    .executeTakeFirst();
  if (first) return 'bound';
  const held = await lockAccount(trx, wabaId);
  if (!held || (held.onboarding_id !== holderId && held.onboarding_id !== row.id)) return 'look-again';
  if (held.onboarding_id === row.id) return 'bound';

  const holder = locked.get(held.onboarding_id);
  const isUnderWay = holder !== undefined && holder.ended_at === null;
  const isSameOwner = held.portal === portal && held.reference === reference;
  if (!isSameOwner && (held.connected_at !== null || isUnderWay)) {
    if (acceptedFrom !== nameOf(held) && !(await yields(trx, held, row))) return 'conflict';
    await tellRemoved(trx, held, holder, time);
  }
  if (isUnderWay) await supersede(trx, holder, time);
  // Its token is another's now, or an older one. What has ended without connecting cannot go on either.
  await trx.deleteFrom('credential').where('onboarding_id', '=', held.onboarding_id).execute();
  await trx
    .updateTable('account')
    // For another owner it has not been connected yet.
    .set({ ...ours, ...(!isSameOwner && { connected_at: null, phone_number_id: null, created_at: time }) })
    .where('waba_id', '=', wabaId)
    .execute();
  return 'bound';
}

/**
 * Whether an account goes to another owner without being asked for: it came by a recovered token, so what bound it was
 * a page's claim, and who comes now has brought the customer's own code. A claim never outweighs that.
 */
async function yields(trx: Transaction<Tables>, held: AccountRow, row: OnboardingRow): Promise<boolean> {
  const tokens = await trx
    .selectFrom('credential')
    .select(['onboarding_id', 'recovered_at'])
    .where('onboarding_id', 'in', [held.onboarding_id, row.id])
    .execute();
  const isRecovered = (id: string): boolean =>
    tokens.some(({ onboarding_id, recovered_at }) => onboarding_id === id && recovered_at !== null);
  return isRecovered(held.onboarding_id) && !isRecovered(row.id);
}

/** Reads the account and keeps it to this transaction until its end, as `lockOnboarding` does an onboarding. */
async function lockAccount(trx: Transaction<Tables>, wabaId: string): Promise<AccountRow | undefined> {
  return trx
    .updateTable('account')
    .set((eb) => ({ updated_at: eb.ref('updated_at') }))
    .where('waba_id', '=', wabaId)
    .returningAll()
    .executeTakeFirst();
}

async function tellRemoved(
  trx: Transaction<Tables>,
  { waba_id, portal, reference, business_id, phone_number_id }: AccountRow,
  holder: OnboardingRow | undefined,
  time: number,
): Promise<void> {
  const account: Account = holder?.account
    ? (JSON.parse(holder.account) as Account)
    : {
        wabaId: waba_id,
        phoneNumberId: phone_number_id,
        businessId: business_id,
        name: null,
        displayPhoneNumber: null,
        verifiedName: null,
        qualityRating: null,
        templateNamespace: null,
        messaging: 'unknown',
      };
  await announce(trx, { portal, type: 'account.removed', data: { reference, account } }, time);
}

const open: readonly StepStatus[] = ['pending', 'running', 'action_required'];

/** Ends an onboarding whose account another one has taken over: nobody answers it any more, and no time wakes it. */
async function supersede(
  trx: Transaction<Tables>,
  { id, portal, reference }: OnboardingRow,
  time: number,
): Promise<void> {
  const error = JSON.stringify(superseded);
  await trx
    .updateTable('step')
    .set({ status: 'failed', error, action: null, input: null, retry_at: null, ended_at: time })
    .where('onboarding_id', '=', id)
    .where('status', 'in', open)
    .execute();
  await trx.deleteFrom('deadline').where('onboarding_id', '=', id).execute();
  await touch(trx, id, time, { status: 'failed', error, ended_at: time });
  const onboarding = (await readView(trx, id)) as Onboarding;
  await announce(trx, { portal, type: 'onboarding.failed', data: { reference, onboarding } }, time);
}

export const superseded: StepError = {
  code: 'superseded',
  message: 'A newer signup has taken over this account.',
  hint: 'Go on with that one; nothing more happens here.',
};

export const accountConflict: StepError = {
  code: 'account-conflict',
  message: 'This WhatsApp account is connected for somebody else already.',
  hint: 'The site has to accept that it moves; ask its support.',
};
