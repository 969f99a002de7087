import type { Context } from 'hono';
import type * as v from 'valibot';
import { nestsTooDeep } from '../json-depth.ts';
import { type InputProblem, readInput } from './input.ts';

/** Thrown where a body is well formed, but names what does not exist. */
export class ControlError extends Error {
  readonly problem: InputProblem;

  constructor(field: string, message: string, allowed?: readonly string[]) {
    super(message);
    this.problem = { code: 'invalid-input', field, message, ...(allowed ? { allowed } : {}) };
  }
}

/** A control that takes a body by its schema: bad input is refused with the field's name. */
export function takes<Schema extends v.GenericSchema>(
  schema: Schema,
  act: (input: v.InferOutput<Schema>) => unknown,
) {
  return async (context: Context): Promise<Response> => {
    const read = await readBody(context, schema);
    if ('problem' in read) return context.json({ error: read.problem }, 400);
    try {
      return context.json((await act(read.input)) as object);
    } catch (error) {
      if (error instanceof ControlError) return context.json({ error: error.problem }, 400);
      throw error;
    }
  };
}

/** An empty body counts as `{}`, so that every field is named as missing or takes its default. */
async function readBody<Schema extends v.GenericSchema>(context: Context, schema: Schema) {
  const text = await context.req.text();
  if (nestsTooDeep(text)) return refused('The body nests too deep.');
  let body: unknown;
  try {
    body = text === '' ? {} : JSON.parse(text);
  } catch {
    return refused('The body must be JSON.');
  }
  return readInput(schema, body);
}

function refused(message: string): { problem: InputProblem } {
  return { problem: { code: 'invalid-input', field: 'body', message } };
}
