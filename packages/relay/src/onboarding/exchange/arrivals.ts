import type { StepError } from 'whatsapp-embedded-signup/protocol';
import { dayMs, hourMs, minuteMs } from '../../graph/table/row.ts';
import type { ArrivalRow, OnboardingRow } from '../../store/schema.ts';
import type { Store } from '../../store/store.ts';

/** What Meta's webhook `PARTNER_ADDED` says: a customer has shared an account with the app. */
export interface PartnerAdded {
  appId: string;
  wabaId: string;
  /** The customer's business, `owner_business_id`. */
  businessId: string;
  /** When it happened, in milliseconds since 1970, as the delivery says (`entry.time`); now where it does not. */
  at?: number;
}

/** Meta delivers for seven days; what nobody needed by then nobody will. */
const KEPT_MS = 8 * dayMs;

/**
 * The account is shared while the window is open, and the code goes out when it closes: a customer can look at the
 * last screen for as long as a session lives. So the code came after the arrival, but for the time that clocks differ.
 */
const BEFORE_CODE_MS = 2 * hourMs;
const AFTER_CODE_MS = 10 * minuteMs;

/** An arrival with an onboarding that lost its token then. */
export interface Match {
  arrival: ArrivalRow;
  onboarding: OnboardingRow;
  /** When the code was brought whose answer was lost. */
  exchangedAt: number;
}

export async function keepArrival(store: Store, signal: Required<PartnerAdded>): Promise<void> {
  const { appId, wabaId, businessId, at } = signal;
  const fresh = { business_id: businessId, at, tries: 0, retry_at: null, settled_at: null };
  await store
    .insertInto('arrival')
    .values({ app_id: appId, waba_id: wabaId, ...fresh })
    // A delivery that comes twice says nothing new; a customer who comes again does.
    .onConflict((conflict) =>
      conflict.columns(['app_id', 'waba_id']).doUpdateSet(fresh).where('arrival.at', '<', at),
    )
    .execute();
}

export async function dropOldArrivals(store: Store, now: number): Promise<void> {
  await store
    .deleteFrom('arrival')
    .where('at', '<', now - KEPT_MS)
    .execute();
}

/**
 * Arrivals that are to be asked for now, each with the onboarding that it belongs to beyond doubt: the one that
 * claimed its account, or else its business. Where two owners claim it, where several know the business alone, or
 * where another onboarding has got that account since, nobody gets it.
 *
 * @param portals names of the portals, by app, that have a system user to ask with
 */
export async function matchArrivals(
  store: Store,
  portals: ReadonlyMap<string, readonly string[]>,
  now: number,
): Promise<Match[]> {
  // From the few that were lost, not from the many that arrived: a signup that goes well costs no look.
  const lost = await lostOnboardings(store, [...portals.values()].flat(), now);
  const matches: Match[] = [];
  for (const arrival of await arrivalsOf(store, lost, now)) {
    const names = portals.get(arrival.app_id) ?? [];
    const match = choose(
      lost
        .filter(({ onboarding }) => names.includes(onboarding.portal))
        .map((one) => ({ arrival, ...one }))
        .filter(fits),
    );
    if (match && !(await hasArrived(store, match))) matches.push(match);
  }
  return matches;
}

type Lost = Omit<Match, 'arrival'>;

async function lostOnboardings(store: Store, portals: readonly string[], now: number): Promise<Lost[]> {
  const rows = await store
    .selectFrom('onboarding')
    .selectAll()
    .where('status', '=', 'failed')
    .where('error', 'like', '%"exchange-unknown"%')
    .where('created_at', '>', now - KEPT_MS)
    .where('portal', 'in', portals)
    .where((eb) => eb.or([eb('claimed_waba_id', 'is not', null), eb('claimed_business_id', 'is not', null)]))
    .execute();
  const lost: Lost[] = [];
  for (const onboarding of rows.filter(isLost)) {
    const { exchangedAt } = await store
      .selectFrom('code')
      .select((eb) => eb.fn.max('created_at').as('exchangedAt'))
      .where('onboarding_id', '=', onboarding.id)
      .executeTakeFirstOrThrow();
    lost.push({ onboarding, exchangedAt });
  }
  return lost;
}

/** The arrivals of the accounts and businesses that these claim, as far as they are due. */
async function arrivalsOf(store: Store, lost: readonly Lost[], now: number): Promise<ArrivalRow[]> {
  const claimed = (key: 'claimed_waba_id' | 'claimed_business_id'): string[] =>
    lost.flatMap(({ onboarding }) => onboarding[key] ?? []);
  const wabas = claimed('claimed_waba_id');
  const businesses = claimed('claimed_business_id');
  if (lost.length === 0) return [];
  return store
    .selectFrom('arrival')
    .selectAll()
    .where('settled_at', 'is', null)
    .where((eb) => eb.or([eb('retry_at', 'is', null), eb('retry_at', '<=', now)]))
    .where((eb) =>
      eb.or([
        // Postgres takes no empty list.
        ...(wabas.length > 0 ? [eb('waba_id', 'in', wabas)] : []),
        ...(businesses.length > 0 ? [eb('business_id', 'in', businesses)] : []),
      ]),
    )
    .execute();
}

function fits({ arrival, onboarding, exchangedAt }: Match): boolean {
  const { claimed_waba_id, claimed_business_id } = onboarding;
  const isClaimed =
    claimed_waba_id === null
      ? claimed_business_id === arrival.business_id
      : claimed_waba_id === arrival.waba_id;
  const early = exchangedAt - arrival.at;
  return isClaimed && early <= BEFORE_CODE_MS && early >= -AFTER_CODE_MS;
}

/** Whether the answer to its exchange was lost, and nothing has come of it since. */
export function isLost({ status, error }: OnboardingRow): boolean {
  return (
    status === 'failed' && error !== null && (JSON.parse(error) as StepError).code === 'exchange-unknown'
  );
}

/** Of several tries of one owner for the same account the newest; a page's claim decides nothing between owners. */
function choose(lost: readonly Match[]): Match | null {
  const claimed = lost.filter(({ onboarding }) => onboarding.claimed_waba_id !== null);
  const candidates = claimed.length > 0 ? claimed : lost;
  const owners = new Set(
    candidates.map(({ onboarding: { portal, reference } }) => `${portal}/${reference ?? ''}`),
  );
  if (owners.size !== 1 || (claimed.length === 0 && lost.length > 1)) return null;
  return candidates.reduce((newest, match) => (match.exchangedAt > newest.exchangedAt ? match : newest));
}

/** Whether the customer has come by another onboarding since, or is about to: this one is behind then. */
async function hasArrived(store: Store, { arrival, onboarding, exchangedAt }: Match): Promise<boolean> {
  const other = await store
    .selectFrom('onboarding')
    .leftJoin('credential', 'credential.onboarding_id', 'onboarding.id')
    .select('onboarding.id')
    .where('onboarding.id', '!=', onboarding.id)
    .where('onboarding.claimed_waba_id', '=', arrival.waba_id)
    .where('onboarding.created_at', '>', exchangedAt - BEFORE_CODE_MS)
    .where((eb) =>
      eb.or([eb('onboarding.status', '=', 'exchanging'), eb('credential.onboarding_id', 'is not', null)]),
    )
    .executeTakeFirst();
  if (other) return true;
  const account = await store
    .selectFrom('account')
    .select('waba_id')
    .where('waba_id', '=', arrival.waba_id)
    .where('updated_at', '>', exchangedAt)
    .executeTakeFirst();
  return account !== undefined;
}
