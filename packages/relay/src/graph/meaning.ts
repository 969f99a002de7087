import type { StepError } from 'whatsapp-embedded-signup/protocol';
import type { GraphError, GraphFailure } from './error.ts';
import { refused, unavailable } from './table/platform.ts';
import type { Row } from './table/row.ts';
import { rowOf } from './table/table.ts';
import { syncTooLate as tooLate } from './table/whatsapp.ts';

/** What a failed call means for the step that made it. */
export interface Meaning {
  /** The same call may work later, without anybody doing anything. */
  transient: boolean;
  /** Milliseconds to wait before it is worth another try, where that is known. */
  waitMs?: number;
  error: StepError;
}

/** Said by Meta, and by the relay's own clock. */
export const syncTooLate: StepError = errorOf(tooLate);

/** Reads a failed call by its body: Meta answers nearly every error with HTTP 400. */
export function meaningOf({ failure }: GraphError): Meaning {
  const row = rowFor(failure);
  const { again } = row;
  const error = errorOf(row);
  const meta = metaOf(failure);
  if (meta) error.meta = meta;
  const meaning: Meaning = { transient: again === 'soon' || again === 'rate', error };
  // What Meta says of this very call counts more than what is usual.
  const waitMs = again === 'mended' || again === 'no' ? undefined : (failure.waitMs ?? row.waitMs);
  if (waitMs !== undefined) meaning.waitMs = waitMs;
  return meaning;
}

function errorOf({ code, message, hint, who }: Row): StepError {
  return { code, message, hint, who };
}

function rowFor({ kind, code, subcode, isTransient }: GraphFailure): Row {
  const row = code === undefined ? undefined : rowOf(code, subcode);
  if (kind !== 'answer') return unavailable;
  // It outranks the code (Meta: Graph API › Handle Errors); only of a rate limit is more known.
  if (isTransient && row?.again !== 'rate') return unavailable;
  return row ?? refused;
}

function metaOf({ code, subcode, fbtraceId }: GraphFailure): StepError['meta'] {
  if (code === undefined && subcode === undefined && fbtraceId === undefined) return undefined;
  return {
    ...(code !== undefined && { code }),
    ...(subcode !== undefined && { subcode }),
    ...(fbtraceId !== undefined && { fbtraceId }),
  };
}

/** Whether Meta says that there were too many calls for the moment. */
export function isRateLimit({ failure: { code, subcode } }: GraphError): boolean {
  return code !== undefined && rowOf(code, subcode)?.again === 'rate';
}

/** Whether Meta says that the token may not see what was asked for, as if it were not there. */
export function isNotGranted({ failure: { code, subcode } }: GraphError): boolean {
  if (code === undefined) return false;
  return rowOf(code, subcode)?.code === 'not-accessible' || code === 10 || (code >= 200 && code <= 299);
}

/** Whether Meta was asked for this synchronisation before. */
export function wasAskedBefore({ failure: { code, subcode } }: GraphError): boolean {
  return code !== undefined && rowOf(code, subcode)?.code === 'sync-already-asked';
}
