import type { StepError } from 'whatsapp-embedded-signup/protocol';
import { readNumber, requestCode, verifyCode } from '../../graph/calls.ts';
import { GraphError } from '../../graph/error.ts';
import { meaningOf } from '../../graph/meaning.ts';
import type { Secret } from '../../secret.ts';
import type { StepContext, StepOutcome } from '../steps.ts';
import { registerError } from './errors.ts';
import { memoryOf, type Target, wait } from './wait.ts';

/** Meta has a limit and does not say which; the sandbox has five. A new code begins anew. */
const WRONG_CODES = 5;

/** Asks how the code is to come. */
export function askMethod(
  context: StepContext,
  target: Target,
  more: Partial<Parameters<typeof wait>[2]> = {},
): StepOutcome {
  return wait(context, target, {
    error: registerError('numberNotVerified'),
    action: {
      kind: 'verification_method',
      choices: [
        { id: 'SMS', label: 'SMS' },
        { id: 'VOICE', label: 'Phone call' },
      ],
    },
    ...more,
  });
}

/** Has a code sent. Gives what is waited for then, or null where Meta says that the number is verified. */
export async function sendCode(
  context: StepContext,
  target: Target,
  method: Secret,
): Promise<StepOutcome | null> {
  const { graph, token, now } = context;
  const { noCodeBefore = 0 } = memoryOf(context);
  if (now() < noCodeBefore) return sendLater(context, target, noCodeBefore, registerError('codeLimit'));
  try {
    await requestCode(graph, token, target.phoneNumberId, method.reveal());
  } catch (cause) {
    return refused(context, target, cause);
  }
  return askCode(context, target);
}

/** Hands in a code that a person typed. Gives what is waited for then, or null where it was right. */
export async function takeCode(
  context: StepContext,
  target: Target,
  code: Secret,
): Promise<StepOutcome | null> {
  const { graph, token } = context;
  try {
    await verifyCode(graph, token, target.phoneNumberId, code);
    return null;
  } catch (cause) {
    if (!(cause instanceof GraphError)) throw cause;
    const { error } = meaningOf(cause);
    if (error.code !== 'verification-code-wrong') throw cause;
    return askAgain(context, target, error);
  }
}

/** Asks for the code that was sent. */
export function askCode(
  context: StepContext,
  target: Target,
  more: Partial<Parameters<typeof wait>[2]> = {},
): StepOutcome {
  return wait(context, target, {
    error: registerError('numberNotVerified'),
    action: { kind: 'verification_code' },
    memory: { codeSent: true },
    ...more,
  });
}

function askAgain(context: StepContext, target: Target, error: StepError): StepOutcome {
  const { noCodeBefore = 0, wrongCodes = 0 } = memoryOf(context);
  const wrong = wrongCodes + 1;
  // The code that was sent is spent.
  if (wrong >= WRONG_CODES) return askMethod(context, target, { error, memory: { noCodeBefore } });
  return askCode(context, target, {
    error,
    action: { kind: 'verification_code', attemptsLeft: WRONG_CODES - wrong },
    memory: { codeSent: true, wrongCodes: wrong, noCodeBefore },
  });
}

/** Why Meta sent no code; null where that is because the number is verified. */
async function refused(context: StepContext, target: Target, cause: unknown): Promise<StepOutcome | null> {
  const { graph, token, now } = context;
  if (!(cause instanceof GraphError)) throw cause;
  const { error, waitMs } = meaningOf(cause);
  switch (error.code) {
    case 'number-already-verified':
      return null;
    case 'verification-code-limit':
      return sendLater(context, target, now() + (waitMs ?? 0), registerError('codeLimit', error.meta));
    case 'verification-code-not-sent': {
      // Meta has one code for all of this and may leave out the subcode that tells them apart.
      const { code_verification_status } = await readNumber(graph, token, target.phoneNumberId);
      if (code_verification_status === 'VERIFIED') return null;
      const memory = memoryOf(context);
      return (memory.codeSent ? askCode : askMethod)(context, target, { error, memory });
    }
    default:
      throw cause;
  }
}

/** The wish for a code is kept, and fulfilled when Meta sends one again; one that came before can be entered. */
function sendLater(context: StepContext, target: Target, at: number, error: StepError): StepOutcome {
  const memory = { ...memoryOf(context), noCodeBefore: at };
  return wait(context, target, {
    error,
    action: memory.codeSent ? { kind: 'verification_code' } : null,
    retryAt: at,
    keepInput: true,
    memory,
  });
}
