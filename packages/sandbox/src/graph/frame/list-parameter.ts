import { badParameter } from './errors.ts';

type Parameters = ReadonlyMap<string, string>;

/** A list of words that must be there, each of them on a closed list. */
export function requiredChoices(parameters: Parameters, name: string, allowed: readonly string[]): string[] {
  const words = readList(parameters, name);
  if (!words) throw badParameter(`The parameter ${name} is required.`);
  for (const [place, word] of words.entries()) requireOneOf(`${name}[${place}]`, word, allowed);
  return words;
}

/**
 * A parameter that is a list: JSON, the single quotes of Meta's own examples (`['MANAGE']`), commas, or the
 * `name[0]=…` and `name[]=…` of PHP's forms. Undefined where it was not sent.
 */
export function readList(parameters: Parameters, name: string): string[] | undefined {
  const text = parameters.get(name);
  if (text !== undefined) return parseList(text);
  const places = [...parameters].filter(([key]) => key.startsWith(`${name}[`) && key.endsWith(']'));
  return places.length === 0 ? undefined : places.flatMap(([, value]) => parseList(value));
}

function parseList(text: string): string[] {
  return text
    .trim()
    .replace(/^\[|\]$/g, '')
    .split(',')
    .map((item) => item.trim().replace(/^["']|["']$/g, ''))
    .filter((item) => item !== '');
}

/** 100 in the words in which the Graph API refuses what is not on its list. */
export function requireOneOf(name: string, value: string, allowed: readonly string[]): void {
  if (allowed.includes(value)) return;
  throw badParameter(`Param ${name} must be one of {${allowed.join(', ')}} - got "${value}".`);
}
