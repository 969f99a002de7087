import type { Transaction } from 'kysely';
import { newId } from '../../id.ts';
import { keepGate } from '../../store/gate.ts';
import type { RegistrationRow, Tables } from '../../store/schema.ts';
import type { Store } from '../../store/store.ts';

/**
 * What the relay allows itself for one number, whichever portal asks. Meta takes ten registrations and
 * deregistrations in 72 hours, then locks the number for 72 more (Cloud API › Register a phone number: 133016); one
 * is left to the customer. How many wrong PINs lock a number Meta does not say (Cloud API › Error codes: 133008,
 * 133009): five in twelve hours, and two within ten seconds, are this relay's own.
 */
const limits = {
  calls: { most: 9, withinMs: 72 * 3_600_000 },
  guesses: { most: 5, withinMs: 12 * 3_600_000 },
  hurry: { most: 2, withinMs: 10_000 },
} as const;

/** Why no call may be sent now, and when the next one may, in milliseconds since 1970. */
export interface Refusal {
  reason: keyof typeof limits;
  until: number;
}

export type Call = Pick<RegistrationRow, 'id' | 'outcome' | 'at'>;

/** Calls of the last 72 hours for a number, the newest first. */
export async function recentCalls(store: Store, phoneNumberId: string, time: number): Promise<Call[]> {
  return store
    .selectFrom('registration')
    .select(['id', 'outcome', 'at'])
    .where('phone_number_id', '=', phoneNumberId)
    .where('at', '>', time - limits.calls.withinMs)
    .orderBy('at', 'desc')
    .orderBy('id', 'desc')
    .execute();
}

/** Whether a call was sent whose end nobody knows, and nothing has been heard since. */
export function isOpen([newest]: readonly Call[]): boolean {
  return newest?.outcome === null;
}

/** How many PINs may still be wrong before the number would be locked. */
export function guessesLeft(calls: readonly Call[], time: number): number {
  return Math.max(0, limits.guesses.most - within(wrongGuesses(calls), 'guesses', time).length);
}

/** Whether a limit stands in the way of one more call; `register` alone guesses a PIN. */
export function refusalOf(
  calls: readonly Call[],
  time: number,
  call: 'register' | 'deregister',
): Refusal | null {
  const guesses = call === 'register' ? wrongGuesses(calls) : [];
  return (
    refusal(calls, 'calls', time) ?? refusal(guesses, 'guesses', time) ?? refusal(guesses, 'hurry', time)
  );
}

/**
 * The wrong PINs since the last right one. Once a number has refused a PIN, a call whose end nobody knows may have
 * been refused as well; before that it is the relay's first word to a number without a PIN.
 */
function wrongGuesses(calls: readonly Call[]): Call[] {
  if (!hasRefusedPin(calls)) return [];
  return sinceRight(calls).filter(({ outcome }) => outcome === 'wrong-pin' || outcome === null);
}

/** Whether the number is known to have another PIN than the one it was given last. */
export function hasRefusedPin(calls: readonly Call[]): boolean {
  return sinceRight(calls).some(({ outcome }) => outcome === 'wrong-pin');
}

function sinceRight(calls: readonly Call[]): readonly Call[] {
  const right = calls.findIndex(({ outcome }) => outcome === 'registered');
  return right === -1 ? calls : calls.slice(0, right);
}

function refusal(calls: readonly Call[], reason: keyof typeof limits, time: number): Refusal | null {
  const { most, withinMs } = limits[reason];
  const first = within(calls, reason, time)[most - 1];
  return first ? { reason, until: first.at + withinMs } : null;
}

function within(calls: readonly Call[], reason: keyof typeof limits, time: number): Call[] {
  return calls.filter(({ at }) => at > time - limits[reason].withinMs);
}

/**
 * Writes down a call that is about to be sent; in the transaction of its caller. What a crash leaves behind counts.
 * Gives its id, or why it must not be sent now.
 */
export async function book(
  trx: Transaction<Tables>,
  phoneNumberId: string,
  call: 'register' | 'deregister',
  time: number,
): Promise<{ id: string } | Refusal> {
  await keepGate(trx, `number/${phoneNumberId}`);
  const refused = refusalOf(await recentCalls(trx, phoneNumberId, time), time, call);
  if (refused) return refused;
  const id = newId('reg', time);
  await trx
    .insertInto('registration')
    .values({ id, phone_number_id: phoneNumberId, outcome: null, at: time })
    .execute();
  return { id };
}

/** Writes down what became of a call, and when that was known: Meta counted it before. */
export async function noteOutcome(
  store: Store,
  id: string,
  outcome: NonNullable<RegistrationRow['outcome']>,
  time: number,
): Promise<void> {
  await store.updateTable('registration').set({ outcome, at: time }).where('id', '=', id).execute();
}

/** Takes back a call that was not sent after all. */
export async function unbook(store: Store, id: string): Promise<void> {
  await store.deleteFrom('registration').where('id', '=', id).execute();
}

/** The number turned out to be connected: so the call whose end nobody knew had worked. */
export async function closeOpen(trx: Transaction<Tables>, phoneNumberId: string): Promise<void> {
  await trx
    .updateTable('registration')
    .set({ outcome: 'registered' })
    .where('phone_number_id', '=', phoneNumberId)
    .where('outcome', 'is', null)
    .execute();
}
