import type { Transaction } from 'kysely';
import type { LateEvent, RedeemRequest } from 'whatsapp-embedded-signup/protocol';
import { sha256, toHex } from '../../encoding.ts';
import { newId } from '../../id.ts';
import type { Session } from '../../sessions.ts';
import type { Portal } from '../../settings/settings.ts';
import type { OnboardingRow, Tables } from '../../store/schema.ts';
import type { Store } from '../../store/store.ts';
import { lockOnboarding, markRunning, touch } from '../ledger.ts';
import { plannedSteps } from '../plan.ts';

/** A session may bring this many codes in all: a first one, and others after Meta refused those before. */
const CODES_PER_SESSION = 3;

/** What a redeem has to do, settled by the database before Meta is asked. */
export type Intent =
  /** This request won: it alone exchanges the code. */
  | { kind: 'exchange'; id: string }
  /** The same code came before in this session: give the same answer. */
  | { kind: 'repeat'; id: string }
  /** Another session brought this code. */
  | { kind: 'code-used' }
  /** This session is spent. */
  | { kind: 'session-used'; id: string };

/**
 * Writes down that a code is about to be exchanged. The row is committed before the call, so a crash during it is
 * seen afterwards; the unique session and code settle every race between equal requests.
 */
export async function recordIntent(
  store: Store,
  role: Portal['role'],
  session: Session,
  request: RedeemRequest,
  time: number,
): Promise<Intent> {
  const codeHash = toHex(await sha256(request.code));
  for (;;) {
    const intent = await store
      .transaction()
      .execute((trx) => settle(trx, role, session, request, codeHash, time))
      .catch(unlessLost);
    if (intent) return intent;
  }
}

async function settle(
  trx: Transaction<Tables>,
  role: Portal['role'],
  session: Session,
  request: RedeemRequest,
  codeHash: string,
  time: number,
): Promise<Intent> {
  const mine = await lockMine(trx, session);
  const tried = await trx
    .selectFrom('code')
    .innerJoin('onboarding', 'onboarding.id', 'code.onboarding_id')
    .select(['onboarding.id', 'onboarding.session_id'])
    .where('code_hash', '=', codeHash)
    .executeTakeFirst();
  // Not by the id of `mine`: an equal request may have committed between the two looks.
  if (tried?.session_id === session.id) return { kind: 'repeat', id: tried.id };
  if (mine && (tried || !(await mayBringAnother(trx, mine)))) return { kind: 'session-used', id: mine.id };
  if (tried) return { kind: 'code-used' };

  const id = mine?.id ?? newId('onb', time);
  if (mine) {
    await touch(trx, id, time, {
      ...noClaims,
      ...claims(request),
      status: 'exchanging',
      error: null,
      ended_at: null,
    });
  } else {
    const row = newRow(id, role, session, request, time);
    const { numInsertedOrUpdatedRows: made } = await trx
      .insertInto('onboarding')
      .values(row)
      .onConflict((conflict) => conflict.column('session_id').doNothing())
      .executeTakeFirst();
    if (made === 0n) throw new RaceLost();
  }
  await markRunning(trx, id, 'exchange', time);
  const { numInsertedOrUpdatedRows: taken } = await trx
    .insertInto('code')
    .values({ code_hash: codeHash, onboarding_id: id, created_at: time })
    .onConflict((conflict) => conflict.column('code_hash').doNothing())
    .executeTakeFirst();
  if (taken === 0n) throw new RaceLost();
  return { kind: 'exchange', id };
}

/** The session's onboarding, kept to this transaction: two codes at once must not both find it free. */
async function lockMine(trx: Transaction<Tables>, session: Session): Promise<OnboardingRow | undefined> {
  const mine = await trx
    .selectFrom('onboarding')
    .select('id')
    .where('session_id', '=', session.id)
    .executeTakeFirst();
  return mine && lockOnboarding(trx, mine.id);
}

/**
 * An equal request of another process has committed first. Nothing of this one stays, and the next look finds the
 * other's rows.
 */
class RaceLost extends Error {
  override readonly name = 'RaceLost';
}

function unlessLost(error: unknown): null {
  if (error instanceof RaceLost) return null;
  throw error;
}

/** Only an exchange that Meta refused may be followed by another code. */
async function mayBringAnother(trx: Transaction<Tables>, mine: OnboardingRow): Promise<boolean> {
  const exchange = await trx
    .selectFrom('step')
    .select('status')
    .where('onboarding_id', '=', mine.id)
    .where('name', '=', 'exchange')
    .executeTakeFirst();
  const codes = await trx
    .selectFrom('code')
    .select('code_hash')
    .where('onboarding_id', '=', mine.id)
    .execute();
  return mine.status === 'failed' && exchange?.status === 'failed' && codes.length < CODES_PER_SESSION;
}

function newRow(
  id: string,
  role: Portal['role'],
  session: Session,
  request: RedeemRequest,
  time: number,
): OnboardingRow {
  return {
    id,
    session_id: session.id,
    portal: session.portal,
    reference: session.reference,
    claimed_reference: session.claimedReference,
    reconnect: session.reconnect,
    flow: session.flow,
    status: 'exchanging',
    revision: 1,
    generation: 1,
    ...noClaims,
    ...claims(request),
    account: null,
    number: null,
    plan: JSON.stringify(plannedSteps(role, session.flow)),
    decisions: null,
    error: null,
    created_at: time,
    updated_at: time,
    ended_at: null,
  };
}

type Claims = Pick<
  OnboardingRow,
  'finish_event' | 'claimed_waba_id' | 'claimed_phone_number_id' | 'claimed_business_id' | 'event_data'
>;

const noClaims: Claims = {
  finish_event: null,
  claimed_waba_id: null,
  claimed_phone_number_id: null,
  claimed_business_id: null,
  event_data: null,
};

/**
 * What the page says about the account, as the columns that it says something for. Hints until the customer's own
 * token has read them.
 */
export function claims({ event, ids = {}, data }: LateEvent): Partial<Claims> {
  return {
    ...(event !== undefined && { finish_event: event }),
    ...(ids.wabaId !== undefined && { claimed_waba_id: ids.wabaId }),
    ...(ids.phoneNumberId !== undefined && { claimed_phone_number_id: ids.phoneNumberId }),
    ...(ids.businessId !== undefined && { claimed_business_id: ids.businessId }),
    ...(data !== undefined && { event_data: JSON.stringify(data) }),
  };
}
