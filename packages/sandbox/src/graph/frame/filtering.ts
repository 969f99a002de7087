import { badParameter } from './errors.ts';
import type { Filter, ListingOptions, Operator } from './node-type.ts';

interface Condition {
  field: string;
  operator: string;
  value: unknown;
}

type Value = string | number | readonly string[];

/** Whether a value passes, by the operator's name. Meta: Graph API › Filtering. */
const operators: Readonly<Record<Operator, (value: Value, wanted: unknown) => boolean>> = {
  EQUAL: (value, wanted) => String(value) === String(wanted),
  IN: (value, wanted) => asList(wanted).includes(String(value)),
  GREATER_THAN: (value, wanted) => Number(value) > Number(wanted),
  LESS_THAN: (value, wanted) => Number(value) < Number(wanted),
  ANY: (value, wanted) => asList(wanted).some((one) => asList(value).includes(one)),
  ALL: (value, wanted) => asList(wanted).every((one) => asList(value).includes(one)),
};

/** One condition on a list. */
export interface Test<T> {
  passes: (item: T) => boolean;
  /** Where the order of the list tells who passes: those from a place on, or those before one. */
  bound: 'from' | 'before' | null;
}

/** Reads `filtering=[{"field":…,"operator":…,"value":…}]`: what an item must be to stay in the list. */
export function readTests<T>(options: ListingOptions<T>, text: string | undefined): Test<T>[] {
  if (text === undefined || text === '') return [];
  const filters = options.filters ?? {};
  return readConditions(text).map(({ field, operator: asked, value }) => {
    const filter = Object.hasOwn(filters, field) ? filters[field] : undefined;
    if (!filter) {
      const known = Object.keys(filters).join(', ') || 'none';
      throw badParameter(`Filtering field '${field}' is invalid. It must be one of ${known}.`);
    }
    const operator = readOperator(filter, asked);
    const isBound = operator === 'GREATER_THAN' || operator === 'LESS_THAN';
    if (isBound && !/^\d+$/.test(String(value))) {
      throw badParameter(`Filtering value for the field '${field}' must be a number.`);
    }
    const bound = operator === 'GREATER_THAN' ? 'from' : 'before';
    return {
      passes: (item: T) => operators[operator](filter.read(item), value),
      bound: isBound && filter.isOrder ? bound : null,
    };
  });
}

function readOperator<T>(filter: Filter<T>, asked: string): Operator {
  const operator = filter.operators.find((one) => one === asked);
  if (operator) return operator;
  throw badParameter(
    `Filtering operator '${asked}' is invalid. It must be one of ${filter.operators.join(', ')}.`,
  );
}

function readConditions(text: string): Condition[] {
  const refusal = badParameter('Param filtering must be an array of {field, operator, value}.');
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch {
    throw refusal;
  }
  if (!Array.isArray(parsed)) throw refusal;
  return parsed.map((one: unknown) => {
    if (typeof one !== 'object' || one === null) throw refusal;
    const { field, operator, value } = one as Partial<Condition>;
    if (typeof field !== 'string' || typeof operator !== 'string' || value === undefined) throw refusal;
    return { field, operator: operator.toUpperCase(), value };
  });
}

function asList(value: unknown): string[] {
  return Array.isArray(value) ? value.map(String) : [String(value)];
}
