import * as v from 'valibot';
import { flag, given, isWhatsApp, json, readInput, text } from './read-input.ts';

type Parameters = ReadonlyMap<string, string>;

// One parameter at a time, where an endpoint reads them one by one.

/** A parameter that must be there. */
export function required(parameters: Parameters, name: string): string {
  return read(parameters, name, given) as string;
}

export function requireWhatsApp(parameters: Parameters): void {
  readInput({ parameters }, isWhatsApp);
}

/** One of a closed list of values, or undefined where it is left out. */
export function optionalChoice<Value extends string>(
  parameters: Parameters,
  name: string,
  allowed: readonly Value[],
): Value | undefined {
  return read(parameters, name, v.optional(v.picklist(allowed)));
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
export function checkLength(name: string, value: string, limits: { least?: number; most: number }): void {
  read(new Map([[name, value]]), name, text(limits.most, limits.least ?? 0));
}

export function optionalBoolean(parameters: Parameters, name: string): boolean | undefined {
  return read(parameters, name, v.optional(flag));
}

/** A parameter that is an object, as JSON; undefined where it is left out. */
export function optionalObject(parameters: Parameters, name: string): Record<string, unknown> | undefined {
  return read(parameters, name, v.optional(json(jsonObject))) as Record<string, unknown> | undefined;
}

/** A parameter that is a list, as JSON; undefined where it is left out. */
export function optionalList(parameters: Parameters, name: string): unknown[] | undefined {
  return read(parameters, name, v.optional(json(v.array(v.unknown()))));
}

export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

// To valibot's own objects a list is one too.
const jsonObject = v.pipe(v.unknown(), v.check(isObject, 'must be a JSON object'));

function read<Schema extends v.GenericSchema>(
  parameters: Parameters,
  name: string,
  schema: Schema,
): v.InferOutput<Schema> {
  return readInput({ parameters }, { [name]: schema })[name] as v.InferOutput<Schema>;
}
