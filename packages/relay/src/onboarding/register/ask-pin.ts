import type { StepError } from 'whatsapp-embedded-signup/protocol';
import type { Secret } from '../../secret.ts';
import type { StepContext, StepOutcome } from '../steps.ts';
import { registerError } from './errors.ts';
import type { Call, Refusal } from './registrations.ts';
import { guessesLeft, hasRefusedPin, recentCalls, refusalOf } from './registrations.ts';
import { type Target, wait } from './wait.ts';

/** Asks for the number's own PIN; where one more wrong one would lock it, only once that has passed. */
export function askPin(
  context: StepContext,
  target: Target,
  calls: readonly Call[],
  more: Pick<Parameters<typeof wait>[2], 'error' | 'also'>,
): StepOutcome {
  const time = context.now();
  const attemptsLeft = guessesLeft(calls, time);
  if (attemptsLeft > 0) return wait(context, target, { action: { kind: 'pin', attemptsLeft }, ...more });
  return wait(context, target, {
    action: { kind: 'pin', attemptsLeft },
    retryAt: refusalOf(calls, time, 'register')?.until ?? target.windowEnd,
    memory: { pinSpent: true },
    ...more,
    error: registerError('pinSpent', more.error?.meta),
  });
}

/** Holds a call back that the number's limits do not allow yet; the customer's PIN is kept until then. */
export function holdBack(
  context: StepContext,
  target: Target,
  { reason, until }: Refusal,
  own: Secret | null,
): StepOutcome {
  const held = { retryAt: until, keepInput: own !== null };
  switch (reason) {
    case 'calls':
      return wait(context, target, { ...held, error: registerError('registerLimit') });
    case 'hurry':
      return wait(context, target, { ...held, error: registerError('pinTooFast') });
    case 'guesses':
      return wait(context, target, {
        ...held,
        error: registerError('pinSpent'),
        action: { kind: 'pin', attemptsLeft: 0 },
        memory: { pinSpent: own === null },
      });
  }
}

/** Meta has locked the number without looking at the PIN, which is tried when the lock has passed. */
export async function waitForLock(
  context: StepContext,
  target: Target,
  own: Secret | null,
  error: StepError,
  lockedMs: number,
): Promise<StepOutcome> {
  const { store, now } = context;
  const calls = await recentCalls(store, target.phoneNumberId, now());
  return wait(context, target, {
    error,
    action: { kind: 'pin', attemptsLeft: 0 },
    retryAt: now() + lockedMs,
    keepInput: own !== null,
    // The relay's own PIN is worth another try only where the number has not refused it before.
    memory: { pinSpent: own === null && hasRefusedPin(calls) },
  });
}
