import { badParameter } from './errors.ts';
import type { ListingOptions } from './node-type.ts';

interface Condition {
  field: string;
  operator: string;
  value: unknown;
}

type Value = string | number | readonly string[];

/** Whether a value passes, by the operator's name. Meta: Graph API › Filtering. */
const operators: Readonly<Record<string, (value: Value, wanted: unknown) => boolean>> = {
  EQUAL: (value, wanted) => String(value) === String(wanted),
  NOT_EQUAL: (value, wanted) => String(value) !== String(wanted),
  GREATER_THAN: (value, wanted) => Number(value) > Number(wanted),
  GREATER_THAN_OR_EQUAL: (value, wanted) => Number(value) >= Number(wanted),
  LESS_THAN: (value, wanted) => Number(value) < Number(wanted),
  LESS_THAN_OR_EQUAL: (value, wanted) => Number(value) <= Number(wanted),
  IN: (value, wanted) => asList(wanted).includes(String(value)),
  NOT_IN: (value, wanted) => !asList(wanted).includes(String(value)),
  CONTAIN: (value, wanted) => String(value).includes(String(wanted)),
  ANY: (value, wanted) => asList(wanted).some((one) => asList(value).includes(one)),
  ALL: (value, wanted) => asList(wanted).every((one) => asList(value).includes(one)),
};

/** Reads `filtering=[{"field":…,"operator":…,"value":…}]`: what an item must be to stay in the list. */
export function readFilter<T>(options: ListingOptions<T>, text: string | undefined): (item: T) => boolean {
  if (text === undefined || text === '') return () => true;
  const filters = options.filters ?? {};
  const tests = readConditions(text).map(({ field, operator, value }) => {
    const read = Object.hasOwn(filters, field) ? filters[field] : undefined;
    if (!read)
      throw badParameter(`Filtering field '${field}' is invalid. It must be one of ${names(filters)}.`);
    const compare = Object.hasOwn(operators, operator) ? operators[operator] : undefined;
    if (!compare)
      throw badParameter(
        `Filtering operator '${operator}' is invalid. It must be one of ${names(operators)}.`,
      );
    if (/THAN/.test(operator) && Number.isNaN(Number(value))) {
      throw badParameter(`Filtering value for the field '${field}' must be a number.`);
    }
    return (item: T) => compare(read(item), value);
  });
  return (item) => tests.every((test) => test(item));
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

const names = (record: object): string => Object.keys(record).join(', ') || 'none';
