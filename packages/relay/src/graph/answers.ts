import * as v from 'valibot';
import type { Json } from './client.ts';
import { GraphError } from './error.ts';

/**
 * The shapes of Meta's answers. What a call cannot do without is demanded; all else is good to have, and a value of
 * another type counts as absent: an odd field costs no customer. Enums stay open, because Meta adds values.
 */

const text = v.fallback(v.nullish(v.string()), null);
const flag = v.fallback(v.nullish(v.boolean()), null);
/** What is no sensible number of seconds counts as not said. */
const seconds = v.fallback(v.nullish(v.pipe(v.number(), v.minValue(0), v.maxValue(1e11))), null);

/** Ids go into paths, so nothing but digits passes. A number that JavaScript holds exactly becomes text. */
const id = v.pipe(
  v.union([v.string(), v.pipe(v.number(), v.safeInteger())]),
  v.transform(String),
  v.regex(/^\d{1,25}$/),
);

/** A business or credential that is named by its id. */
const named = v.fallback(v.nullish(v.object({ id: v.fallback(v.nullish(id), null) })), null);

/** A list whose entries are read one by one: those of another shape are left out. */
function listOf<const S extends v.GenericSchema>(entry: S) {
  return v.pipe(
    v.array(v.unknown()),
    v.transform((list) =>
      list.flatMap((item): v.InferOutput<S>[] => {
        const parsed = v.safeParse(entry, item);
        return parsed.success ? [parsed.output] : [];
      }),
    ),
  );
}

export const tokenAnswer = v.object({
  access_token: v.pipe(v.string(), v.minLength(1)),
  expires_in: seconds,
});

const scope = v.object({
  scope: v.string(),
  /** Whether ids are named at all is told apart from which of them can be read. */
  target_ids: v.fallback(v.nullish(v.array(v.unknown())), null),
});

/** Of a dead token Meta says `is_valid` and an `error`, and neither app nor scopes. */
export const debugAnswer = v.object({
  data: v.object({
    is_valid: v.boolean(),
    error: v.fallback(v.nullish(v.record(v.string(), v.unknown())), null),
    app_id: v.fallback(v.nullish(id), null),
    expires_at: seconds,
    scopes: v.fallback(v.nullish(listOf(v.string())), null),
    granular_scopes: v.fallback(v.nullish(listOf(scope)), null),
  }),
});

const wabaFields = {
  name: text,
  message_template_namespace: text,
  owner_business_info: named,
};
export const wabaAnswer = v.object(wabaFields);

const numberFields = {
  display_phone_number: text,
  verified_name: text,
  status: text,
  quality_rating: text,
  code_verification_status: text,
  platform_type: text,
  is_on_biz_app: flag,
};
export const numberAnswer = v.object(numberFields);
export const numbersAnswer = v.object({ data: listOf(v.object({ id, ...numberFields })) });

const problem = v.object({
  error_code: v.fallback(v.nullish(v.number()), null),
  error_description: text,
  possible_solution: text,
});

/** One link of the chain that a message needs. Errors stand where it is blocked, and at some limits too. */
const link = v.object({
  entity_type: text,
  can_send_message: text,
  errors: v.fallback(v.nullish(listOf(problem)), null),
  additional_info: v.fallback(v.nullish(listOf(v.string())), null),
});

/** Meta: WhatsApp Business Platform › Messaging and Calling Health Status. */
const health = v.object({
  can_send_message: text,
  entities: v.fallback(v.nullish(listOf(link)), null),
});

const sendingFields = {
  ...numberFields,
  name_status: text,
  health_status: v.fallback(v.nullish(health), null),
};
export const sendingAnswer = v.object(sendingFields);

/** An answer without `error` is Meta's yes; the id is only for asking its support. */
export const appDataAnswer = v.object({ request_id: text });

/** Of a token that speaks for a customer's business. */
export const holderAnswer = v.object({ client_business_id: v.fallback(v.nullish(id), null) });

export const idList = listOf(id);
/** A list of nodes, of which only the ids matter. */
export const idsAnswer = v.object({ data: listOf(v.object({ id })) });

export const assignedAnswer = v.object({
  data: listOf(v.object({ id, tasks: v.fallback(v.nullish(listOf(v.string())), null) })),
});
/** Without the funding's id nobody pays, so one that cannot be read must not count as absent. */
export const fundingAnswer = v.object({ primary_funding_id: v.nullish(id), owner_business_info: named });
export const shareAnswer = v.object({ allocation_config_id: id });

const allocationFields = {
  receiving_credential: named,
  receiving_business: named,
  request_status: text,
};
export const allocationAnswer = v.object(allocationFields);
export const allocationsAnswer = v.object({ data: listOf(v.object({ id, ...allocationFields })) });

/** The names to ask for, as Graph's `fields`. */
export const fieldsOf = {
  waba: ['id', ...Object.keys(wabaFields)].join(','),
  number: ['id', ...Object.keys(numberFields)].join(','),
  sending: ['id', ...Object.keys(sendingFields)].join(','),
} as const;

/** @throws GraphError `unreadable` where something is missing that the call cannot do without. */
export function read<const S extends v.GenericSchema>(schema: S, answer: Json): v.InferOutput<S> {
  const parsed = v.safeParse(schema, answer);
  if (parsed.success) return parsed.output;
  const at = v.getDotPath(parsed.issues[0]) ?? 'its top';
  throw new GraphError({
    kind: 'unreadable',
    message: `an answer in another shape than documented, at ${at}`,
  });
}

/** @throws GraphError for an answer that is not `{"success": true}`, as Meta documents it for what it did. */
export function demandSuccess({ success }: Json): void {
  if (success === true) return;
  throw new GraphError({ kind: 'answer', message: 'Meta did not say that it was done' });
}
