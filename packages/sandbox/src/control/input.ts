import * as v from 'valibot';
import { invalidInput } from './input-error.ts';

/** A whole number; `of` is its unit, for the refusal. */
export function wholeNumber(limits: { from?: number; to?: number; of?: string } = {}) {
  const { from = Number.MIN_SAFE_INTEGER, to = Number.MAX_SAFE_INTEGER, of } = limits;
  const range = [
    ...(limits.from === undefined ? [] : [`from ${from}`]),
    ...(limits.to === undefined ? [] : [`to ${to}`]),
  ];
  const message = ['must be a whole number', ...(of ? [`of ${of}`] : []), ...range].join(' ');
  return v.pipe(v.number(message), v.integer(message), v.minValue(from, message), v.maxValue(to, message));
}

const tenYearsMs = 10 * 365 * 24 * 60 * 60 * 1000;

/** A stretch of the sandbox's time. */
export const duration = wholeNumber({ from: 0, to: tenYearsMs, of: 'milliseconds' });

/** A wait, in milliseconds of real time. */
export const milliseconds = wholeNumber({ from: 0, to: 600_000, of: 'milliseconds' });

/** Reads a body by its schema, or throws a `SandboxInputError` about the first field that is wrong. */
export function readInput<Schema extends v.GenericSchema>(
  schema: Schema,
  body: unknown,
): v.InferOutput<Schema> {
  const result = v.safeParse(schema, body);
  if (result.success) return result.output;
  const [issue] = result.issues;
  const field = v.getDotPath(issue) ?? 'body';
  const path = field.split('.');
  const isUnknown = issue.expected === 'never';
  const allowed = isUnknown ? fieldsAt(schema, path.slice(0, -1)) : valuesAt(schema, path);
  throw invalidInput(field, `"${field}" ${reason(issue, allowed)}.`, allowed);
}

/** The closed list of values that a field has in its schema. A field that is missing is told the list too. */
function valuesAt(schema: unknown, path: readonly string[]): readonly string[] | undefined {
  const { options } = Object(schemaAt(schema, path)) as { options?: unknown };
  // A union has options too, but they are schemas.
  return Array.isArray(options) && options.every((option) => typeof option === 'string')
    ? options
    : undefined;
}

function fieldsAt(schema: unknown, path: readonly string[]): readonly string[] {
  const { entries } = Object(schemaAt(schema, path)) as { entries?: object };
  return Object.keys(entries ?? {});
}

function schemaAt(schema: unknown, path: readonly string[]): unknown {
  if (typeof schema !== 'object' || schema === null) return undefined;
  if ('wrapped' in schema) return schemaAt(schema.wrapped, path);
  const [name, ...rest] = path;
  if (name === undefined) return schema;
  if ('item' in schema) return schemaAt(schema.item, rest);
  if ('value' in schema) return schemaAt(schema.value, rest);
  const entries = 'entries' in schema ? (schema.entries as Record<string, unknown>) : {};
  return Object.hasOwn(entries, name) ? schemaAt(entries[name], rest) : undefined;
}

function reason(issue: v.BaseIssue<unknown>, allowed: readonly string[] | undefined): string {
  const list = allowed?.join(', ');
  if (issue.expected === 'never') return `is not a field here: there are ${list}`;
  if (list !== undefined) return `must be one of ${list}`;
  if (issue.received === 'undefined') return 'is missing';
  // The schemas' own words, where they have any.
  if (issue.message.startsWith('must ')) return issue.message;
  const expected = `must be ${issue.expected ?? 'valid'}`;
  return issue.kind === 'validation' ? expected : `${expected}, but is ${typeName(issue.input)}`;
}

/** In valibot's words. The value itself may be a secret, so nothing repeats it. */
function typeName(value: unknown): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'Array';
  return typeof value === 'object' ? 'Object' : typeof value;
}
