import { badParameter } from './errors.ts';

/**
 * A parameter that is a list: JSON, the single quotes of Meta's own examples (`['MANAGE']`), commas, or the
 * `name[0]=…` and `name[]=…` of PHP's forms. Undefined where it was not sent.
 */
export function readList(parameters: Map<string, string>, name: string): string[] | undefined {
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

/** The parameter as text. 100 where it is missing. */
export function requireParameter(parameters: Map<string, string>, name: string): string {
  const value = parameters.get(name);
  if (value) return value;
  throw badParameter(`The parameter ${name} is required.`);
}

/** 100 in the words in which the Graph API refuses what is not on its list. */
export function requireOneOf(name: string, value: string, allowed: readonly string[]): void {
  if (allowed.includes(value)) return;
  throw badParameter(`Param ${name} must be one of {${allowed.join(', ')}} - got "${value}".`);
}
