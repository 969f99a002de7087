import type { Context } from 'hono';
import * as v from 'valibot';
import type { FlowName, InputKind } from 'whatsapp-embedded-signup/protocol';
import { RelayProblem } from '../errors.ts';

/**
 * Reads a JSON body by its schema. A wrong one is answered with the name of the field and nothing of its contents:
 * a body here can hold a code.
 *
 * @throws RelayProblem `content-type-unsupported`, `body-not-json` or `body-invalid`.
 */
export async function readBody<const S extends v.GenericSchema>(
  c: Context,
  schema: S,
): Promise<v.InferOutput<S>> {
  // A text/plain body needs no preflight, so a foreign page could send one: JSON only.
  if (!/^application\/json\s*(;|$)/i.test(c.req.header('content-type') ?? '')) {
    throw new RelayProblem('content-type-unsupported');
  }
  let json: unknown;
  try {
    json = JSON.parse(await c.req.text());
  } catch (cause) {
    if (cause instanceof SyntaxError) throw new RelayProblem('body-not-json');
    throw cause;
  }
  const parsed = v.safeParse(schema, json);
  if (parsed.success) return parsed.output;
  const field = v.getDotPath(parsed.issues[0]);
  throw new RelayProblem('body-invalid', {
    detail: field ? `The field "${field.slice(0, 100)}" is wrong or unknown.` : 'It must be one JSON object.',
  });
}

/** Postgres keeps no NUL in a text, and no name or event has one. */
export const text = (longest: number, shortest = 1) =>
  v.pipe(v.string(), v.minLength(shortest), v.maxLength(longest), v.excludes('\0'));
const id = v.pipe(v.string(), v.regex(/^\d{1,25}$/));

/** Meta nests what it says a few levels deep. Beyond reason, writing it as JSON would overflow the stack. */
const DEEPEST_DATA = 20;

export function isShallow(data: Record<string, unknown>): boolean {
  let level: unknown[] = [data];
  for (let depth = 0; depth <= DEEPEST_DATA; depth++) {
    level = level.flatMap((item) => (typeof item === 'object' && item !== null ? Object.values(item) : []));
    if (level.length === 0) return true;
  }
  return false;
}

/** Fields of the dialog's message, as a page passes them on. */
const message = {
  event: v.optional(text(100)),
  ids: v.optional(
    v.strictObject({ wabaId: v.optional(id), phoneNumberId: v.optional(id), businessId: v.optional(id) }),
  ),
  data: v.optional(v.pipe(v.record(v.string(), v.unknown()), v.check(isShallow))),
};

const flow = v.optional(v.picklist(['standard', 'coexistence', 'app-only'] satisfies FlowName[]), 'standard');
/** base64url of 32 bytes */
const challenge = v.pipe(v.string(), v.regex(/^[\w-]{43}$/));

export const sessionSchema = v.strictObject({
  portal: text(64),
  challenge,
  flow,
  reference: v.optional(text(300, 0)),
  reconnect: v.optional(id),
});

/** A session travels in a header, and proxies take headers of 8 KiB or so. */
const LARGEST_PREFILL = 3000;

const newBackendSession = v.strictObject({
  portal: text(64),
  reference: text(300),
  challenge: v.optional(challenge),
  flow,
  prefill: v.optional(
    v.pipe(
      v.record(v.string(), v.unknown()),
      v.check(isShallow),
      v.check((prefill) => JSON.stringify(prefill).length <= LARGEST_PREFILL),
    ),
  ),
  reconnect: v.optional(id),
});

/** One for an onboarding that there is. */
const laterBackendSession = v.strictObject({ onboarding: text(64) });

export const backendSessionSchema = v.lazy((body) =>
  typeof body === 'object' && body !== null && 'onboarding' in body ? laterBackendSession : newBackendSession,
);

export const inputSchema = v.strictObject({
  kind: v.picklist([
    'pin',
    'verification_method',
    'verification_code',
    'phone_number',
    'waba',
    'transfer',
    'credit',
  ] satisfies InputKind[]),
  value: v.union([text(300), v.boolean()]),
});

export const redeemSchema = v.strictObject({ code: text(4096), verifier: v.optional(text(256)), ...message });

export const lateEventSchema = v.strictObject(message);
