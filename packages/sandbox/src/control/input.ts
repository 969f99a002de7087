import * as v from 'valibot';
import { faultKinds } from '../faults.ts';
import { codeOutcomes, outcomes } from '../outcomes.ts';

const methods = ['GET', 'POST', 'DELETE', 'PUT', 'PATCH', 'HEAD', 'OPTIONS'] as const;

const milliseconds = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(600_000));

/** What an account can be told to be. */
export const accountEntries = {
  businessName: v.optional(v.string()),
  accountName: v.optional(v.string()),
  displayName: v.optional(v.string()),
  displayNumber: v.optional(
    v.pipe(v.string(), v.regex(/^\+[\d -]{6,20}$/, 'must look like "+1 415-555-0134"')),
  ),
  pin: v.optional(v.pipe(v.string(), v.regex(/^\d{6}$/, 'must be 6 digits'))),
  registered: v.optional(v.boolean()),
  funded: v.optional(v.boolean()),
  wabaId: v.optional(v.string()),
  businessId: v.optional(v.string()),
  accounts: v.optional(v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(50))),
  numbers: v.optional(v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(50))),
  historyDeclined: v.optional(v.boolean()),
  preverifiedId: v.optional(v.string()),
};

/** Body of `POST /_sandbox/next`. */
export const nextInput = v.strictObject({
  outcome: v.picklist(outcomes),
  delayMs: v.optional(milliseconds, 0),
  data: v.optional(
    v.strictObject({
      ...accountEntries,
      step: v.optional(v.string()),
      code: v.optional(v.union([v.string(), v.pipe(v.number(), v.transform(String))])),
      message: v.optional(v.string()),
    }),
    {},
  ),
});

/** Body of `POST /_sandbox/codes`. */
export const codesInput = v.strictObject({
  outcome: v.optional(v.picklist(codeOutcomes), 'finish'),
  data: v.optional(v.strictObject(accountEntries), {}),
});

/** Body of `POST /_sandbox/faults`. */
export const faultInput = v.strictObject({
  match: v.optional(
    v.strictObject({
      method: v.optional(v.picklist(methods)),
      path: v.optional(v.string()),
    }),
    {},
  ),
  kind: v.picklist(faultKinds),
  times: v.optional(v.pipe(v.number(), v.integer(), v.minValue(1))),
  ms: v.optional(milliseconds),
  code: v.optional(v.pipe(v.number(), v.integer())),
  subcode: v.optional(v.pipe(v.number(), v.integer())),
  message: v.optional(v.string()),
  isTransient: v.optional(v.boolean()),
  minutes: v.optional(v.pipe(v.number(), v.integer(), v.minValue(0))),
});

/** Body of `POST /_sandbox/clock`. */
export const clockInput = v.strictObject({
  advanceMs: v.pipe(v.number(), v.integer(), v.minValue(0)),
});

/** Why a control request was refused: which field, and what it may be. */
export interface InputProblem {
  code: 'invalid-input';
  field: string;
  message: string;
  allowed?: readonly string[];
}

/** The fields with a closed list of values. A missing one is told the list too. */
const lists = new Map<v.GenericSchema, Record<string, readonly string[]>>([
  [nextInput, { outcome: outcomes }],
  [codesInput, { outcome: codeOutcomes }],
  [faultInput, { kind: faultKinds, 'match.method': methods }],
]);

/** Reads a body by its schema, or names the first field that is wrong. */
export function readInput<Schema extends v.GenericSchema>(
  schema: Schema,
  body: unknown,
): { input: v.InferOutput<Schema> } | { problem: InputProblem } {
  const result = v.safeParse(schema, body);
  if (result.success) return { input: result.output };
  const [issue] = result.issues;
  const field = v.getDotPath(issue) ?? 'body';
  const allowed = lists.get(schema)?.[field];
  return {
    problem: {
      code: 'invalid-input',
      field,
      message: `"${field}" ${reason(issue, allowed)}.`,
      ...(allowed ? { allowed } : {}),
    },
  };
}

function reason(issue: v.BaseIssue<unknown>, allowed: readonly string[] | undefined): string {
  if (issue.expected === 'never') return 'is not a field of this request';
  if (allowed) return `must be one of ${allowed.join(', ')}`;
  if (issue.kind === 'validation' && issue.type === 'regex') return issue.message;
  if (issue.received === 'undefined') return 'is missing';
  return `must be ${issue.expected ?? 'valid'}, but is ${issue.received}`;
}
