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
  readonly claim: Claim;
}

/** Goes to the relay as it is. */
export interface Claim {
  /** Such as `FINISH`; Meta keeps adding variants, so any `FINISH…` passes. */
  readonly event: string;
  readonly ids: ClaimedIds;
  /** Fields with no name of their own here, passed through. */
  readonly data: Record<string, unknown>;
}

/** The customer left, or an error was reported from inside the dialog. */
export interface LeftMessage {
  readonly kind: 'left';
  /** Meta's name for the step, an open list. */
  readonly step?: string;
  /** Only with an error. */
  readonly report?: MetaReport;
  readonly message?: string;
}

export type SignupMessage = FinishMessage | LeftMessage;

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
  const event = text(name)?.toUpperCase();
  if (!event) return null;
  // Meta's pages show the fields inside `data`; some versions of the dialog sent them beside it.
  const fields: Record<string, unknown> = { ...beside, ...asRecord(data) };
  if (event.startsWith('FINISH')) return finish(event, fields);
  if (event !== 'CANCEL' && event !== 'ERROR') return null;
  const errorCode = text(fields.error_code) ?? text(fields.error_id);
  const message = text(fields.error_message);
  if (event === 'CANCEL' && !errorCode && !message) return { kind: 'left', step: text(fields.current_step) };
  const report = { errorCode, sessionId: text(fields.session_id), timestamp: text(fields.timestamp) };
  return { kind: 'left', message, report };
}

function finish(event: string, fields: Record<string, unknown>): FinishMessage {
  const ids: ClaimedIds = {};
  const data: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(fields)) {
    const id = text(value) ?? '';
    if (!/^(waba|phone_number|business)_id$/.test(name)) data[name] = value;
    // As in ClaimedIds: waba_id is wabaId.
    else if (/^\d{1,25}$/.test(id))
      ids[name.replace(/_(.)/g, (_, c: string) => c.toUpperCase()) as keyof ClaimedIds] = id;
  }
  return { kind: 'finish', claim: { event, ids, data: JSON.stringify(data).length > maxData ? {} : data } };
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
