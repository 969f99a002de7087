import { readNumber } from '../../graph/calls.ts';
import { accountOf, inspectedNumber } from '../account.ts';
import { unpackInput } from '../answers.ts';
import { flowMismatch, planRegister } from '../plan.ts';
import type { StepContext, StepOutcome } from '../steps.ts';
import { connect } from './connect.ts';
import { registerError } from './errors.ts';
import { keepPin } from './pin.ts';
import { closeOpen, isOpen, recentCalls } from './registrations.ts';
import { askCode, askMethod, sendCode, takeCode } from './verification.ts';
import { memoryOf, type Target, waitForMeta, windowEndOf } from './wait.ts';

/** What a person answered since the last attempt. */
type Answer = ReturnType<typeof unpackInput> | null;

/**
 * Registers the number for Cloud API, where nothing speaks against it: has it verified first where it is not, and
 * asks the customer for a PIN that the number has already.
 */
export async function register(context: StepContext): Promise<StepOutcome> {
  const { graph, token, row, now } = context;
  const { phoneNumberId } = accountOf(row);
  if (phoneNumberId === null) return { status: 'skipped' };
  const answer = await answerOf(context);
  // On the first attempt `inspect` has only just read the number. On a later one the call before may have worked
  // without its answer getting through, and each call counts against ten in 72 hours.
  const isFirst = context.attempt === 1 && row.generation === 1;
  const number = isFirst ? inspectedNumber(row) : await readNumber(graph, token, phoneNumberId);
  const plan = planRegister(row, number);
  if (plan === 'mismatch') return { status: 'failed', error: flowMismatch(row) };
  if (plan === 'skip') return isFirst ? { status: 'skipped' } : leave(context, phoneNumberId, answer);

  const target: Target = { phoneNumberId, windowEnd: await windowEndOf(context) };
  if (now() >= target.windowEnd) return { status: 'failed', error: registerError('signupTooOld') };
  try {
    const own = answer?.kind === 'pin' ? answer.value : null;
    return (
      (await verify(context, target, plan, answer)) ?? (await connect(context, { ...target, number, own }))
    );
  } catch (cause) {
    const waiting = waitForMeta(context, target, cause);
    if (waiting === null) throw cause;
    return waiting;
  }
}

async function answerOf({ step, sealer, row }: StepContext): Promise<Answer> {
  if (step.input === null) return null;
  return unpackInput(await sealer.open(step.input, { kind: 'input', row: `${row.id}/register` }));
}

/** What the number waits for until it is verified; null where it is. */
async function verify(
  context: StepContext,
  target: Target,
  plan: 'register' | 'verify',
  answer: Answer,
): Promise<StepOutcome | null> {
  // Also where the number says that it is verified: Meta may have refused to register it all the same.
  if (answer?.kind === 'verification_method') return sendCode(context, target, answer.value);
  if (plan === 'register') return null;
  if (answer?.kind === 'verification_code') return takeCode(context, target, answer.value);
  return memoryOf(context).codeSent ? askCode(context, target) : askMethod(context, target);
}

/**
 * A number that works is left alone. Where a call was sent whose end nobody knew, that call connected it, and the
 * PIN that went with it is the number's.
 */
async function leave(context: StepContext, phoneNumberId: string, answer: Answer): Promise<StepOutcome> {
  if (!isOpen(await recentCalls(context.store, phoneNumberId, context.now()))) return { status: 'skipped' };
  const keep = answer?.kind === 'pin' ? await keepPin(context, phoneNumberId, answer.value) : null;
  return {
    status: 'done',
    also: async (trx) => {
      await closeOpen(trx, phoneNumberId);
      await keep?.(trx);
    },
  };
}
