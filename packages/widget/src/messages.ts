/**
 * What may be believed of a window message.
 *
 * The payload is unauthenticated input from a browser: everything here is a hint that the relay checks with the
 * customer's own token. Meta: WhatsApp Embedded Signup › Implementation › Session logging message event listener.
 */
import type { MetaReport } from './errors.ts';
import type { ClaimedIds } from './protocol.ts';

/** The dialog said that the customer got to its end. */
export interface FinishMessage {
  readonly kind: 'finish';
  /** Such as `FINISH`; Meta keeps adding variants, so any `FINISH…` passes. */
  readonly event: string;
  readonly ids: ClaimedIds;
  /** Fields with no name of their own here, passed through. */
  readonly data: Record<string, unknown>;
}

export type SignupMessage =
  | FinishMessage
  /** The customer left, at a step that Meta names (an open list). */
  | { readonly kind: 'cancel'; readonly step: string | null }
  /** The customer, or Meta, reported an error from inside the dialog. */
  | { readonly kind: 'error'; readonly message?: string; readonly report: MetaReport };

const maxText = 300;
/** A claim must fit in a request body of 16 KiB, even where each character takes three bytes. */
const maxData = 4000;
const idNames = new Map<string, keyof ClaimedIds>([
  ['waba_id', 'wabaId'],
  ['phone_number_id', 'phoneNumberId'],
  ['business_id', 'businessId'],
]);

/** Whether a message from this origin may be Meta's: https and a host of facebook.com, or the SDK's own origin. */
export function isTrustedOrigin(origin: string, sdkOrigin?: string): boolean {
  // A suffix test on the whole string would let https://evilfacebook.com pass.
  return origin === sdkOrigin || /^https:\/\/([\w-]+\.)*facebook\.com$/.test(origin);
}

/**
 * Reads a message of Embedded Signup, or answers null for anything else. That includes the SDK's own string
 * messages: they hold the code, and the code is taken from the SDK's callback alone.
 */
export function readMessage(raw: unknown): SignupMessage | null {
  const envelope = copyOf(raw);
  if (envelope?.type !== 'WA_EMBEDDED_SIGNUP') return null;
  const { type: _, event: name, data, ...beside } = envelope;
  const event = text(name)?.toUpperCase();
  if (!event) return null;
  // Meta's pages show the fields inside `data`; some versions of the dialog sent them beside it.
  const fields: Record<string, unknown> = { ...beside, ...asRecord(data) };
  if (event.startsWith('FINISH')) return finish(event, fields);
  if (event !== 'CANCEL' && event !== 'ERROR') return null;
  const errorCode = text(fields.error_code) ?? text(fields.error_id);
  const message = text(fields.error_message);
  if (event === 'CANCEL' && !errorCode && !message) {
    return { kind: 'cancel', step: text(fields.current_step) ?? null };
  }
  const sessionId = text(fields.session_id);
  const timestamp = text(fields.timestamp);
  return {
    kind: 'error',
    ...(message && { message }),
    report: {
      ...(errorCode && { errorCode }),
      ...(sessionId && { sessionId }),
      ...(timestamp && { timestamp }),
    },
  };
}

function finish(event: string, fields: Record<string, unknown>): FinishMessage {
  const ids: ClaimedIds = {};
  const data: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(fields)) {
    const known = idNames.get(name);
    const id = text(value);
    if (!known) data[name] = value;
    else if (id && /^\d{1,25}$/.test(id)) ids[known] = id;
  }
  return { kind: 'finish', event, ids, data: JSON.stringify(data).length > maxData ? {} : data };
}

/** A plain copy with strings cut and without the keys that reach a prototype; null for what is no object. */
function copyOf(raw: unknown): Record<string, unknown> | null {
  try {
    const value: unknown = typeof raw === 'string' ? JSON.parse(raw) : raw;
    const json = JSON.stringify(value, (name, item: unknown) => {
      if (/^(__proto__|constructor|prototype)$/.test(name)) return undefined;
      return typeof item === 'string' ? item.slice(0, maxText) : item;
    });
    return asRecord(JSON.parse(json));
  } catch {
    return null; // no JSON, or what JSON cannot hold: not from Meta
  }
}

function asRecord(value: unknown): Record<string, unknown> | null {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Record<string, unknown>)
    : null;
}

/** A string; a safe integer as a string, since Meta's ids have come as both. */
function text(value: unknown): string | undefined {
  if (Number.isSafeInteger(value)) return String(value);
  return typeof value === 'string' && value ? value : undefined;
}
