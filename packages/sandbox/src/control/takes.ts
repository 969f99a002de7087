import type { Context } from 'hono';
import type * as v from 'valibot';
import { nestsTooDeep } from '../json-depth.ts';
import { readInput } from './input.ts';
import { invalidInput, problemOf, SandboxInputError } from './input-error.ts';

/** A control that takes a body by its schema: bad input is refused with the field's name. */
export function takes<Schema extends v.GenericSchema>(
  schema: Schema,
  act: (input: v.InferOutput<Schema>) => unknown,
) {
  return async (context: Context): Promise<Response> => {
    try {
      const input = readInput(schema, await readJson(context));
      return context.json((await act(input)) as object);
    } catch (error) {
      if (error instanceof SandboxInputError) return context.json({ error: problemOf(error) }, 400);
      throw error;
    }
  };
}

/** An empty body counts as `{}`, so that every field is named as missing or takes its default. */
async function readJson(context: Context): Promise<unknown> {
  const text = await context.req.text();
  if (nestsTooDeep(text)) throw invalidInput('body', 'The body nests too deep.');
  if (text === '') return {};
  try {
    return JSON.parse(text);
  } catch {
    throw invalidInput('body', 'The body must be JSON.');
  }
}
