import * as v from 'valibot';
import { digitsOf } from '../../phone-digits.ts';
import type { Call } from './call.ts';
import { badParameter } from './errors.ts';

/**
 * Reads the named parameters of a call, and refuses the first that is missing or wrong in Meta's words. What
 * the schema does not name is left alone, as at Meta.
 */
export function readInput<Entries extends v.ObjectEntries>(
  { parameters }: Pick<Call, 'parameters'>,
  entries: Entries,
): v.InferOutput<v.ObjectSchema<Entries, undefined>> {
  const given = Object.fromEntries(
    Object.keys(entries).flatMap((name) => (parameters.has(name) ? [[name, parameters.get(name)]] : [])),
  );
  const result = v.safeParse(v.object(entries), given);
  if (result.success) return result.output;
  throw badParameter(describe(result.issues[0]));
}

/** A parameter that is JSON: an object or a list. */
export const json = <const Schema extends v.GenericSchema>(schema: Schema) =>
  v.pipe(
    v.string(),
    v.rawTransform<string, unknown>(({ dataset, addIssue, NEVER }) => {
      try {
        return JSON.parse(dataset.value);
      } catch {
        addIssue({ message: 'must be valid JSON' });
        return NEVER;
      }
    }),
    schema,
  );

/** Text of so many characters. */
export const text = (most: number, least = 1) =>
  v.pipe(
    v.string(),
    v.minLength(least, `must be at least ${least} characters long`),
    v.maxLength(most, `must be at most ${most} characters long`),
  );

export const flag = v.pipe(
  v.picklist(['true', 'false', '1', '0']),
  v.transform((value) => value === 'true' || value === '1'),
);

export const digits = v.pipe(v.string(), v.regex(/^\d+$/, 'must be a numeric ID'));

export const isWhatsApp = { messaging_product: v.literal('whatsapp') };

/** A phone number or a WhatsApp id, as the digits that WhatsApp knows. */
export const waId = v.pipe(
  v.string(),
  v.regex(/^\+?[\d\s().-]{5,24}$/, 'must be a phone number'),
  v.transform(digitsOf),
);

function describe(issue: v.BaseIssue<unknown>): string {
  const path = issue.path?.map(({ key }) => key) ?? [];
  if (issue.expected === 'never') {
    return `Unexpected key "${String(path.at(-1))}" on param "${nameOf(path.slice(0, -1))}".`;
  }
  const name = nameOf(path);
  if (issue.kind !== 'schema') return `Param ${name} ${issue.message}.`;
  if (issue.received === 'undefined') return `The parameter ${name} is required.`;
  if (issue.type === 'picklist' || issue.type === 'literal') {
    const allowed = String(issue.expected).replace(/[()"]/g, '').replaceAll(' | ', ', ');
    return `Param ${name} must be one of {${allowed}} - got ${issue.received}.`;
  }
  if (issue.type.includes('object') || issue.type === 'record') return `Param ${name} must be a JSON object.`;
  return `Param ${name} must be ${/^[aeiou]/.test(issue.type) ? 'an' : 'a'} ${issue.type}.`;
}

/** As Meta writes the place of a value: `template['components'][0]`. */
function nameOf([first, ...rest]: unknown[]): string {
  const steps = rest.map((key) => (typeof key === 'number' ? `[${key}]` : `['${String(key)}']`));
  return `${String(first)}${steps.join('')}`;
}
