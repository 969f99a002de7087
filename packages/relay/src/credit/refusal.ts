import type { StepError } from 'whatsapp-embedded-signup/protocol';
import { GraphError } from '../graph/error.ts';
import { meaningOf } from '../graph/meaning.ts';
import type { PartnerErrorCode } from './sentences.ts';
import { partnerError } from './sentences.ts';

/** How Meta refused a call with the partner's own token. */
export type RefusalKind = 'token' | 'not-there' | 'app' | 'permission' | 'parameter' | 'other';

/** A refusal that no waiting mends. */
export interface Refusal {
  kind: RefusalKind;
  /** The error under another name: what the code says of a customer's token is not true of the partner's. */
  as(code: PartnerErrorCode): StepError;
  /** As everywhere. */
  plain: StepError;
}

/** Reads a refusal; throws on what may pass, for the step to be tried again. */
export function readRefusal(cause: unknown): Refusal {
  if (!(cause instanceof GraphError)) throw cause;
  const { transient, waitMs, error } = meaningOf(cause);
  if (transient || waitMs !== undefined) throw cause;
  return {
    kind: kindOf(cause.failure),
    as: (code) => partnerError(code, error.meta),
    plain: error,
  };
}

/** Meta: Graph API › Handle Errors. */
function kindOf({ code, subcode }: GraphError['failure']): RefusalKind {
  if (code === undefined) return 'other';
  if (code === 190) return 'token';
  if (code === 33 || code === 803 || (code === 100 && subcode === 33)) return 'not-there';
  if (code === 10) return 'app';
  if (code === 3 || (code >= 200 && code <= 299)) return 'permission';
  return code === 100 ? 'parameter' : 'other';
}

/** What each kind means where the call is about the account itself. */
export function accountError(refusal: Refusal): StepError {
  if (refusal.kind === 'token') return refusal.as('system-user-token-invalid');
  if (refusal.kind === 'not-there') return refusal.as('account-not-visible');
  return refusal.plain;
}
