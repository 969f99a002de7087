import type { Action, InputKind, StepName } from 'whatsapp-embedded-signup/protocol';
import { RelayProblem } from '../errors.ts';
import { createSecret, type Secret } from '../secret.ts';

/** What a person or the backend has answered, as far as it is no secret. Kept for the onboarding's whole life. */
export interface Decisions {
  wabaId?: string;
  phoneNumberId?: string;
  /** The backend lets the account move to this portal and reference. */
  transfer?: boolean;
  /** The backend lets the credit line be shared. */
  credit?: boolean;
}

/** Only the site's backend may say yes to these. */
export const ofBackend: ReadonlySet<InputKind> = new Set(['transfer', 'credit']);

/** An answer as the next attempt of the step finds it. */
export type Answer = { decision: Decisions } | { input: Secret };

/** Which step asks for what. */
export const askedBy: Record<InputKind, StepName> = {
  pin: 'register',
  verification_method: 'register',
  verification_code: 'register',
  phone_number: 'inspect',
  waba: 'inspect',
  transfer: 'inspect',
  credit: 'share_credit',
};

/** Whether an answer of this kind fits what is asked. While a code is awaited, another may be sent for. */
export function fits(kind: InputKind, action: Action): boolean {
  return action.kind === kind || (action.kind === 'verification_code' && kind === 'verification_method');
}

/**
 * Reads an answer, before anything is changed.
 *
 * @throws RelayProblem `input-invalid`, which never repeats what was sent: it may be a PIN.
 */
export function readAnswer(kind: InputKind, value: string | boolean, action: Action): Answer {
  switch (kind) {
    case 'pin':
      return secret(value, /^\d{6}$/, 'A PIN is six digits.');
    case 'verification_code':
      // Meta prints it as 123-456, and people copy what they see.
      return secret(
        typeof value === 'string' ? value.replace(/[\s-]/g, '') : value,
        /^\d{6}$/,
        'A verification code is six digits.',
      );
    case 'verification_method':
      return secret(
        typeof value === 'string' ? value.toUpperCase() : value,
        /^(SMS|VOICE)$/,
        'The code comes by SMS or VOICE.',
      );
    case 'waba':
      return { decision: { wabaId: chosen(value, action) } };
    case 'phone_number':
      return { decision: { phoneNumberId: chosen(value, action) } };
    case 'transfer':
      return { decision: { transfer: yesOrNo(value) } };
    case 'credit':
      return { decision: { credit: yesOrNo(value) } };
  }
}

/** The step's own reading of an answer, from the text that was sealed: its kind and the value. */
export function packInput(kind: InputKind, value: Secret): Secret {
  return createSecret(`${kind}:${value.reveal()}`);
}

export function unpackInput(packed: Secret): { kind: InputKind; value: Secret } {
  const [kind = '', value = ''] = packed.reveal().split(':', 2);
  return { kind: kind as InputKind, value: createSecret(value) };
}

function secret(value: string | boolean, form: RegExp, detail: string): Answer {
  if (typeof value !== 'string' || !form.test(value)) throw new RelayProblem('input-invalid', { detail });
  return { input: createSecret(value) };
}

function chosen(value: string | boolean, { choices = [] }: Action): string {
  const choice = choices.find(({ id }) => id === value);
  if (!choice)
    throw new RelayProblem('input-invalid', { detail: 'It must be the id of one of the choices.' });
  return choice.id;
}

function yesOrNo(value: string | boolean): boolean {
  if (value === true || value === 'true' || value === 'yes') return true;
  if (value === false || value === 'false' || value === 'no') return false;
  throw new RelayProblem('input-invalid', { detail: 'It must be true or false.' });
}
