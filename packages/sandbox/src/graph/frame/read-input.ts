import * as v from 'valibot';
import { digitsOf } from '../../phone-digits.ts';
import { badParameter } from './errors.ts';

/**
 * Reads the named parameters of a call, and refuses the first that is missing or wrong in Meta's words. What
 * the schema does not name is left alone, as at Meta.
 */
export function readInput<Entries extends v.ObjectEntries>(
  { parameters }: { parameters: ReadonlyMap<string, string> },
  entries: Entries,
): v.InferOutput<v.ObjectSchema<Entries, undefined>> {
  const known = Object.fromEntries(
    Object.keys(entries).flatMap((name) => (parameters.has(name) ? [[name, parameters.get(name)]] : [])),
  );
  const result = v.safeParse(v.object(entries), known);
  if (result.success) return result.output;
  throw badParameter(describe(result.issues[0]));
}

const isMissing = 'is required';

/** Text that must be there: an empty parameter counts as none. */
export const given = v.pipe(v.string(), v.minLength(1, isMissing));

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

/** Text of so many characters, which are counted as people do: an emoji is one. */
export const text = (most: number, least = 1) =>
  v.pipe(
    v.string(),
    v.check((value) => [...value].length >= least, `must be at least ${least} characters long`),
    v.check((value) => [...value].length <= most, `must be at most ${most} characters long`),
  );

export const flag = v.pipe(
  v.string(),
  v.regex(/^(true|false|1|0)$/i, 'must be a boolean'),
  v.transform((value) => /^(true|1)$/i.test(value)),
);

export const digits = v.pipe(v.string(), v.regex(/^\d+$/, 'must be a numeric ID'));

/** The messaging endpoints ask for `messaging_product`, which knows one value. */
export const isWhatsApp = {
  messaging_product: v.pipe(
    given,
    v.check(
      (value) => value === 'whatsapp',
      ({ input }) => `must be one of {WHATSAPP} - got "${input}"`,
    ),
  ),
};

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
  if (issue.message === isMissing) return `The parameter ${name} is required.`;
  if (issue.kind !== 'schema') return `Param ${name} ${issue.message}.`;
  if (issue.received === 'undefined') return `The parameter ${name} is required.`;
  if (issue.type === 'picklist' || issue.type === 'literal') {
    const allowed = String(issue.expected).replace(/[()"]/g, '').replaceAll(' | ', ', ');
    return `Param ${name} must be one of {${allowed}} - got ${issue.received}.`;
  }
  if (/object|record/.test(issue.type)) return `Param ${name} must be a JSON object.`;
  return `Param ${name} must be ${/^[aeiou]/.test(issue.type) ? 'an' : 'a'} ${issue.type}.`;
}

/** As Meta writes the place of a value: `template['components'][0]`. */
function nameOf([first, ...rest]: unknown[]): string {
  const steps = rest.map((key) => (typeof key === 'number' ? `[${key}]` : `['${String(key)}']`));
  return `${String(first)}${steps.join('')}`;
}
