import type { Context } from 'hono';
import { nestsTooDeep } from '../../json-depth.ts';
import { badParameter } from './errors.ts';

/** What came with a call. */
export interface Input {
  /** Query and body as one: the Graph API takes a parameter from either, as form, multipart or JSON. */
  parameters: Map<string, string>;
  /** The files of a multipart body, by parameter. */
  files: Map<string, File>;
}

export async function readParameters(context: Context): Promise<Input> {
  const parameters = new Map(Object.entries(context.req.query()));
  const files = new Map<string, File>();
  for (const [name, value] of Object.entries(await readBody(context))) {
    if (value instanceof File) files.set(name, value);
    else parameters.set(name, typeof value === 'string' ? value : JSON.stringify(value));
  }
  for (const [name, value] of parameters) {
    if (/^\s*[[{]/.test(value) && nestsTooDeep(value)) throw tooDeep(name);
  }
  return { parameters, files };
}

const tooDeep = (name: string) => badParameter(`Param ${name} must be valid JSON.`);

async function readBody(context: Context): Promise<Record<string, unknown>> {
  const type = context.req.header('content-type') ?? '';
  if (context.req.method === 'GET') return {};
  if (type.includes('json')) {
    const text = await context.req.text();
    if (nestsTooDeep(text)) throw tooDeep('body');
    try {
      const value: unknown = JSON.parse(text);
      return typeof value === 'object' && value !== null ? { ...value } : {};
    } catch {
      return {};
    }
  }
  if (type.includes('form')) {
    return context.req.parseBody().catch(() => {
      throw badParameter('Invalid parameter', 'The body is no form of the kind that its content-type names.');
    });
  }
  return {};
}
