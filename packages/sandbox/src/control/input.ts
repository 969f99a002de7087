import * as v from 'valibot';

/** A wait, in milliseconds of real time. */
export const milliseconds = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(600_000));

/** Why a control request was refused: which field, and what it may be. */
export interface InputProblem {
  code: 'invalid-input';
  field: string;
  message: string;
  allowed?: readonly string[];
}

/** Reads a body by its schema, or names the first field that is wrong. */
export function readInput<Schema extends v.GenericSchema>(
  schema: Schema,
  body: unknown,
): { input: v.InferOutput<Schema> } | { problem: InputProblem } {
  const result = v.safeParse(schema, body);
  if (result.success) return { input: result.output };
  const [issue] = result.issues;
  const field = v.getDotPath(issue) ?? 'body';
  const allowed = allowedAt(schema, field.split('.'));
  return {
    problem: {
      code: 'invalid-input',
      field,
      message: `"${field}" ${reason(issue, allowed)}.`,
      ...(allowed ? { allowed } : {}),
    },
  };
}

/** The closed list of values that a field has in its schema. A field that is missing is told the list too. */
function allowedAt(schema: unknown, path: readonly string[]): readonly string[] | undefined {
  if (typeof schema !== 'object' || schema === null) return undefined;
  if ('wrapped' in schema) return allowedAt(schema.wrapped, path);
  const [name, ...rest] = path;
  if (name === undefined) return 'options' in schema ? listOf(schema.options) : undefined;
  if ('item' in schema) return allowedAt(schema.item, rest);
  if ('value' in schema) return allowedAt(schema.value, rest);
  const entries = 'entries' in schema ? (schema.entries as Record<string, unknown>) : {};
  return Object.hasOwn(entries, name) ? allowedAt(entries[name], rest) : undefined;
}

/** A union has options too, but they are schemas. */
function listOf(options: unknown): string[] | undefined {
  return Array.isArray(options) && options.every((option) => typeof option === 'string')
    ? options
    : undefined;
}

function reason(issue: v.BaseIssue<unknown>, allowed: readonly string[] | undefined): string {
  if (issue.expected === 'never') return 'is not a field of this request';
  if (allowed) return `must be one of ${allowed.join(', ')}`;
  if (issue.kind === 'validation' && (issue.type === 'regex' || issue.type === 'check')) return issue.message;
  if (issue.received === 'undefined') return 'is missing';
  return `must be ${issue.expected ?? 'valid'}, but is ${issue.received}`;
}
