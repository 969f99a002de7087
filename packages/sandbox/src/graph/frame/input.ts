import { badParameter } from './errors.ts';

type Parameters = ReadonlyMap<string, string>;

/** A parameter that must be there. */
export function required(parameters: Parameters, name: string): string {
  const value = parameters.get(name);
  if (value === undefined || value === '') throw badParameter(`The parameter ${name} is required.`);
  return value;
}

/** The messaging endpoints ask for `messaging_product`, which knows one value. */
export function requireWhatsApp(parameters: Parameters): void {
  const product = required(parameters, 'messaging_product');
  if (product !== 'whatsapp') {
    throw badParameter(
      `Param messaging_product must be one of {WHATSAPP} - got "${product}".`,
      'messaging_product must be "whatsapp".',
    );
  }
}

/** One of a closed list of values, or undefined where it is left out. */
export function optionalChoice<Value extends string>(
  parameters: Parameters,
  name: string,
  allowed: readonly Value[],
): Value | undefined {
  const text = parameters.get(name);
  if (text === undefined) return undefined;
  const value = allowed.find((one) => one === text);
  if (value === undefined) {
    throw badParameter(
      `Param ${name} must be one of {${allowed.join(', ')}} - got "${text}".`,
      `${name} must be one of ${allowed.join(', ')}.`,
    );
  }
  return value;
}

export function requiredChoice<Value extends string>(
  parameters: Parameters,
  name: string,
  allowed: readonly Value[],
): Value {
  required(parameters, name);
  return optionalChoice(parameters, name, allowed) as Value;
}

/** Refuses a text that is shorter or longer than it may be, in characters. */
export function checkLength(name: string, text: string, limits: { least?: number; most: number }): void {
  const { least = 0, most } = limits;
  const length = [...text].length;
  if (length < least) {
    throw badParameter(`Param ${name} must be at least ${least} characters long.`, `${name} is too short.`);
  }
  if (length > most) {
    throw badParameter(`Param ${name} must be at most ${most} characters long.`, `${name} is too long.`);
  }
}

export function optionalBoolean(parameters: Parameters, name: string): boolean | undefined {
  const text = parameters.get(name)?.toLowerCase();
  if (text === undefined) return undefined;
  if (text === 'true' || text === '1') return true;
  if (text === 'false' || text === '0') return false;
  throw badParameter(`Param ${name} must be a boolean`, `${name} must be true or false.`);
}

/** A parameter that is an object, as JSON; undefined where it is left out. */
export function optionalObject(parameters: Parameters, name: string): Record<string, unknown> | undefined {
  const text = parameters.get(name);
  if (text === undefined) return undefined;
  const value = parse(text);
  if (!isObject(value)) throw badParameter(`Param ${name} must be a JSON object.`);
  return value;
}

/** A parameter that is a list, as JSON; undefined where it is left out. */
export function optionalList(parameters: Parameters, name: string): unknown[] | undefined {
  const text = parameters.get(name);
  if (text === undefined) return undefined;
  const value = parse(text);
  if (!Array.isArray(value)) throw badParameter(`Param ${name} must be an array.`);
  return value;
}

export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Undefined where the text is no JSON, which no kind of parameter accepts. */
function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
