import type { PhoneNumber } from '../../graph/calls.ts';
import { deregisterNumber, registerNumber } from '../../graph/calls.ts';
import { GraphError } from '../../graph/error.ts';
import { meaningOf } from '../../graph/meaning.ts';
import type { Secret } from '../../secret.ts';
import { lockOnboarding } from '../ledger.ts';
import { flowMismatch, planRegister } from '../plan.ts';
import type { StepContext, StepOutcome } from '../steps.ts';
import { askPin, holdBack, waitForLock } from './ask-pin.ts';
import { registerError } from './errors.ts';
import { keepPin, pinFor } from './pin.ts';
import type { Refusal } from './registrations.ts';
import { book, noteOutcome, recentCalls, unbook } from './registrations.ts';
import { askMethod } from './verification.ts';
import { memoryOf, type Target } from './wait.ts';

const skipped: StepOutcome = { status: 'skipped' };

/** A verified number on its way to Cloud API. */
export interface Candidate extends Target {
  number: PhoneNumber | null;
  /** The PIN that the customer typed; null: the relay's own is tried. */
  own: Secret | null;
}

/**
 * Sends `register`, within what the number's limits allow. Every call is written down before it is sent, so that a
 * crash neither loses one nor lets the relay count too few.
 */
export async function connect(
  context: StepContext,
  candidate: Candidate,
  mayDeregister = true,
): Promise<StepOutcome> {
  const { graph, token, portal, store, row, now, reached } = context;
  const { phoneNumberId, own } = candidate;
  if (own === null && memoryOf(context).pinSpent) {
    const calls = await recentCalls(store, phoneNumberId, now());
    return askPin(context, candidate, calls, { error: registerError('pinWrong') });
  }
  const pin = own ?? (await pinFor(context, phoneNumberId));
  reached('after:pin.commit', row.id);
  const booked = await reserve(context, candidate, 'register');
  if ('status' in booked) return booked;
  if ('reason' in booked) return holdBack(context, candidate, booked, own);
  try {
    await registerNumber(graph, token, phoneNumberId, pin, portal.dataRegion);
  } catch (cause) {
    if (!(cause instanceof GraphError)) throw cause;
    if (!mayDeregister || meaningOf(cause).error.code !== 'number-deregistering') {
      return refused(context, candidate, booked.id, cause);
    }
    await noteOutcome(store, booked.id, 'refused', now());
    return (await deregister(context, candidate)) ?? connect(context, candidate, false);
  }
  const keep = own && (await keepPin(context, phoneNumberId, own));
  return {
    status: 'done',
    also: async (trx) => {
      await noteOutcome(trx, booked.id, 'registered', now());
      await keep?.(trx);
    },
  };
}

/**
 * Takes a place for a call, or gives how the step ends without it: where a late event speaks against it, or another
 * process has taken over, which is never written down.
 */
async function reserve(
  { store, row, now }: StepContext,
  { phoneNumberId, number }: Candidate,
  call: 'register' | 'deregister',
): Promise<{ id: string } | Refusal | StepOutcome> {
  return store.transaction().execute(async (trx) => {
    const current = await lockOnboarding(trx, row.id);
    if (current?.status !== 'running' || current.generation !== row.generation) return skipped;
    const plan = planRegister(current, number);
    if (plan === 'mismatch') return { status: 'failed', error: flowMismatch(current) };
    return plan === 'skip' ? skipped : book(trx, phoneNumberId, call, now());
  });
}

/** What a refused `register` means for the step. Only what nobody knows the end of stays open. */
async function refused(
  context: StepContext,
  candidate: Candidate,
  id: string,
  cause: GraphError,
): Promise<StepOutcome> {
  const { store, now } = context;
  const { phoneNumberId, own } = candidate;
  if (cause.failure.unsent) {
    await unbook(store, id);
    throw cause;
  }
  const { waitMs = 0, error } = meaningOf(cause);
  if (error.code === 'pin-mismatch') {
    const calls = await recentCalls(store, phoneNumberId, now());
    const known = calls.map((call) => (call.id === id ? { ...call, outcome: 'wrong-pin' as const } : call));
    return askPin(context, candidate, known, {
      error: own === null ? error : registerError('pinWrong', error.meta),
      // Together with the question: where a crash comes before, the call stays open and counts all the same.
      also: (trx) => noteOutcome(trx, id, 'wrong-pin', now()),
    });
  }
  if (cause.failure.kind === 'answer') await noteOutcome(store, id, 'refused', now());
  if (error.code === 'pin-locked') return waitForLock(context, candidate, own, error, waitMs);
  if (error.code === 'number-not-verified') {
    return askMethod(context, candidate, { error: registerError('numberNotVerified', error.meta) });
  }
  throw cause;
}

/** Ends what an earlier deregistration left half done (Meta: Cloud API › Error codes, 133000). */
async function deregister(context: StepContext, candidate: Candidate): Promise<StepOutcome | null> {
  const { graph, token, store, now } = context;
  const booked = await reserve(context, candidate, 'deregister');
  if ('status' in booked) return booked;
  if ('reason' in booked) return holdBack(context, candidate, booked, candidate.own);
  try {
    await deregisterNumber(graph, token, candidate.phoneNumberId);
    await noteOutcome(store, booked.id, 'deregistered', now());
  } catch (cause) {
    if (!(cause instanceof GraphError)) throw cause;
    if (cause.failure.unsent) await unbook(store, booked.id);
    else if (cause.failure.kind === 'answer') await noteOutcome(store, booked.id, 'refused', now());
    // It says so where there is nothing left to take off.
    if (cause.failure.code !== 100) throw cause;
  }
  return null;
}
