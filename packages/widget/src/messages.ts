/**
 * What may be believed of a window message.
 *
 * The payload is unauthenticated input from a browser: everything here is a hint that the relay checks with the
 * customer's own token. Meta: WhatsApp Embedded Signup › Implementation › Session logging message event listener.
 */
import { errorDetail, type SignupErrorDetail } from './errors.ts';
import type { ClaimedIds } from './protocol.ts';

/** Goes to the relay as it is. */
export interface Claim {
  /** Such as `FINISH`; Meta keeps adding variants, so any `FINISH…` passes. */
  readonly event: string;
  readonly ids: ClaimedIds;
  /** Fields with no name of their own here, passed through. */
  readonly data: Record<string, unknown>;
}

/** What the dialog said: the customer got to its end, or left it, perhaps with an error. */
export type SignupMessage =
  | { type: 'finish'; finish: Claim }
  /** `step`: Meta's name for the step that was left, an open list. */
  | { type: 'left'; step?: string; report?: SignupErrorDetail };

const maxText = 300;
/** A claim must fit in a request body of 16 KiB, even where each character takes three bytes. */
const maxData = 4000;

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
  // Meta's pages show the fields inside `data`; some versions of the dialog sent them beside it.
  const fields: Record<string, unknown> = { ...beside, ...(data as object) };
  const event = text(name)?.toUpperCase();
  if (event?.startsWith('FINISH')) return { type: 'finish', finish: claim(event, fields) };
  if (event !== 'CANCEL' && event !== 'ERROR') return null;
  const errorCode = text(fields.error_code ?? fields.error_id);
  const message = text(fields.error_message);
  if (event === 'CANCEL' && !errorCode && !message) return { type: 'left', step: text(fields.current_step) };
  const meta = { errorCode, sessionId: text(fields.session_id), timestamp: text(fields.timestamp) };
  return { type: 'left', report: errorDetail('meta-reported', { message }, meta) };
}

function claim(
  event: string,
  { waba_id, phone_number_id, business_id, ...data }: Record<string, unknown>,
): Claim {
  const ids = { wabaId: id(waba_id), phoneNumberId: id(phone_number_id), businessId: id(business_id) };
  return { event, ids, data: JSON.stringify(data).length > maxData ? {} : data };
}

/** A copy with its strings cut; null for what is no object, or what JSON cannot hold and is not from Meta. */
function copyOf(raw: unknown): Record<string, unknown> | null {
  try {
    return JSON.parse(typeof raw === 'string' ? raw : JSON.stringify(raw), (_, value: unknown) =>
      typeof value === 'string' ? value.slice(0, maxText) : value,
    );
  } catch {
    return null;
  }
}

function id(value: unknown): string | undefined {
  return /^\d{1,25}$/.exec(text(value) ?? '')?.[0];
}

/** A string; a safe integer as a string, since Meta's ids have come as both. */
function text(value: unknown): string | undefined {
  if (Number.isSafeInteger(value)) return String(value);
  return typeof value === 'string' && value ? value : undefined;
}
