import type { Onboarding, StepError } from 'whatsapp-embedded-signup/protocol';
import type { ProblemCode } from '../../errors.ts';
import { problems, RelayProblem } from '../../errors.ts';
import { GraphError } from '../../graph/error.ts';
import { isRateLimit, meaningOf } from '../../graph/meaning.ts';

/** Why an exchange gave no token, as an onboarding's error and as an answer. */
const codes = [
  'code-used',
  'code-expired',
  'code-refused',
  'exchange-unknown',
] as const satisfies ProblemCode[];

/** Nobody knows whether the code was used up. */
export const exchangeUnknown: StepError = stepError('exchange-unknown');

const rateLimited: StepError = {
  code: 'code-refused',
  message: 'Meta takes no more codes from this app at the moment.',
  hint: 'Wait some minutes, then start the signup again.',
  who: 'wait',
};

/**
 * Reads why there is no token. Only a clear refusal is one: whatever may have reached Meta without a readable
 * answer is `exchange-unknown`, because the code may be used up. Code 1 from this endpoint is a wrong app secret.
 */
export function refusalOf(cause: unknown): StepError {
  if (!(cause instanceof GraphError)) return exchangeUnknown;
  const { kind, status = 0, code, isTransient } = cause.failure;
  // Meta calls its rate limits transient too, and has done nothing then (Meta: Graph API › Rate Limits).
  const isLimited = kind === 'answer' && isRateLimit(cause);
  if (!isLimited && (kind !== 'answer' || status >= 500 || isTransient || code === 2)) return exchangeUnknown;
  const { error } = meaningOf(cause);
  if (codes.some((known) => known === error.code)) return error;
  const refusal = isLimited ? rateLimited : stepError('code-refused');
  return error.meta ? { ...refusal, meta: error.meta } : refusal;
}

/** @throws RelayProblem where the exchange of this onboarding failed; else gives the onboarding back. */
export function orThrow(view: Onboarding): Onboarding {
  const exchange = view.steps.find((step) => step.name === 'exchange');
  if (exchange?.status !== 'failed') return view;
  const { error = exchangeUnknown } = exchange;
  const code = codes.find((known) => known === error.code) ?? 'exchange-unknown';
  throw new RelayProblem(code, { detail: error.message, hint: error.hint, onboarding: view.id });
}

function stepError(code: (typeof codes)[number]): StepError {
  const who = code === 'code-refused' ? 'partner' : 'customer';
  return { code, message: problems[code].title, hint: problems[code].hint, who };
}
