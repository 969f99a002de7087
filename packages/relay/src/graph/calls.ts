import * as v from 'valibot';
import { createSecret, type Secret } from '../secret.ts';
import type { Graph, Json } from './client.ts';
import { GraphError } from './error.ts';

/** The calls of an onboarding, each with the shape of its answer. Enums stay open: Meta adds values. */

const text = v.nullish(v.string());

/** Seconds, good to have: what is no sensible number counts as not said. */
const seconds = v.fallback(v.nullish(v.pipe(v.number(), v.minValue(0), v.maxValue(1e11))), null);

const tokenSchema = v.object({
  access_token: v.pipe(v.string(), v.minLength(1)),
  expires_in: seconds,
});

const debugSchema = v.object({
  data: v.object({
    app_id: v.pipe(v.union([v.string(), v.number()]), v.transform(String)),
    is_valid: v.boolean(),
    expires_at: seconds,
    granular_scopes: v.nullish(
      v.array(
        v.object({
          scope: v.string(),
          target_ids: v.nullish(v.array(v.pipe(v.union([v.string(), v.number()]), v.transform(String)))),
        }),
      ),
    ),
  }),
});

const wabaSchema = v.object({
  id: v.string(),
  name: text,
  message_template_namespace: text,
  owner_business_info: v.nullish(v.object({ id: v.nullish(v.string()), name: text })),
});

const numberSchema = v.object({
  id: v.string(),
  display_phone_number: text,
  verified_name: text,
  status: text,
  quality_rating: text,
  code_verification_status: text,
  platform_type: text,
  is_on_biz_app: v.nullish(v.boolean()),
});
const numbersSchema = v.object({ data: v.array(numberSchema) });

export type Waba = v.InferOutput<typeof wabaSchema>;
export type PhoneNumber = v.InferOutput<typeof numberSchema>;

const numberFields = Object.keys(numberSchema.entries).join(',');

/** The exchange has a longer deadline than other calls: its answer cannot be asked for again. */
export const EXCHANGE_DEADLINE_MS = 12_000;

export interface Granted {
  token: Secret;
  /** Seconds; null: never, or not said. */
  expiresIn: number | null;
}

/**
 * Exchanges a code for the customer's business token. Sent as a form, so that the app secret stands in no address;
 * without `redirect_uri`, as codes of the JavaScript SDK want it (Meta: Embedded Signup › Onboard as a Tech Provider).
 */
export async function exchangeCode(
  graph: Graph,
  app: { id: string; secret: Secret },
  code: Secret,
): Promise<Granted> {
  const answer = await graph({
    method: 'POST',
    path: '/oauth/access_token',
    form: {
      client_id: app.id,
      client_secret: app.secret.reveal(),
      code: code.reveal(),
      grant_type: 'authorization_code',
    },
    deadline: EXCHANGE_DEADLINE_MS,
  });
  const { access_token, expires_in } = read(tokenSchema, answer);
  return { token: createSecret(access_token), expiresIn: expires_in || null };
}

export interface TokenFacts {
  appId: string;
  valid: boolean;
  /** Seconds since 1970; null: never. */
  expiresAt: number | null;
  /**
   * Ids that the token names under a `whatsapp_*` scope, newest first; null where it names none, which means all
   * that it can read (Meta: Access Tokens › Debugging).
   */
  targets: string[] | null;
}

/** `debug_token` with the app's own token. Its contract puts the customer's token into the query. */
export async function debugToken(graph: Graph, appToken: Secret, token: Secret): Promise<TokenFacts> {
  const { data } = read(
    debugSchema,
    await graph({
      method: 'GET',
      path: '/debug_token',
      query: { input_token: token.reveal() },
      token: appToken,
    }),
  );
  const scopes = (data.granular_scopes ?? []).filter(({ scope }) => scope.startsWith('whatsapp_'));
  const named = [...new Set(scopes.flatMap(({ target_ids }) => target_ids ?? []))];
  return {
    appId: data.app_id,
    valid: data.is_valid,
    expiresAt: data.expires_at ? data.expires_at : null,
    targets: named.length > 0 ? named : null,
  };
}

export async function readWaba(graph: Graph, token: Secret, wabaId: string): Promise<Waba> {
  const fields = Object.keys(wabaSchema.entries).join(',');
  return read(wabaSchema, await graph({ method: 'GET', path: `/${wabaId}`, query: { fields }, token }));
}

/** The WABA's numbers; one onboarded just now is among the first page. */
export async function readNumbers(graph: Graph, token: Secret, wabaId: string): Promise<PhoneNumber[]> {
  const path = `/${wabaId}/phone_numbers`;
  const query = { fields: numberFields, limit: '100' };
  return read(numbersSchema, await graph({ method: 'GET', path, query, token })).data;
}

export async function readNumber(graph: Graph, token: Secret, phoneNumberId: string): Promise<PhoneNumber> {
  const query = { fields: numberFields };
  return read(numberSchema, await graph({ method: 'GET', path: `/${phoneNumberId}`, query, token }));
}

/** Subscribes the token's app to the WABA's webhooks. Safe to repeat. */
export async function subscribeApp(graph: Graph, token: Secret, wabaId: string): Promise<void> {
  await graph({ method: 'POST', path: `/${wabaId}/subscribed_apps`, token });
}

/** Registers the number for Cloud API with its two-step PIN. Meta allows ten of these per number in 72 hours. */
export async function registerNumber(
  graph: Graph,
  token: Secret,
  phoneNumberId: string,
  pin: Secret,
): Promise<void> {
  const json = { messaging_product: 'whatsapp', pin: pin.reveal() };
  await graph({ method: 'POST', path: `/${phoneNumberId}/register`, json, token });
}

function read<const S extends v.GenericSchema>(schema: S, answer: Json): v.InferOutput<S> {
  const parsed = v.safeParse(schema, answer);
  if (parsed.success) return parsed.output;
  const at = v.getDotPath(parsed.issues[0]) ?? 'its top';
  throw new GraphError({
    kind: 'no-answer',
    message: `an answer in another shape than documented, at ${at}`,
  });
}
