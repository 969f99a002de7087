import type { Context } from 'hono';

/** Query and body as one: the Graph API takes a parameter from either, as form, multipart or JSON. */
export async function readParameters(context: Context): Promise<Map<string, string>> {
  const parameters = new Map(Object.entries(context.req.query()));
  for (const [name, value] of Object.entries(await readBody(context))) {
    parameters.set(name, typeof value === 'string' ? value : JSON.stringify(value));
  }
  return parameters;
}

async function readBody(context: Context): Promise<Record<string, unknown>> {
  const type = context.req.header('content-type') ?? '';
  if (context.req.method === 'GET') return {};
  if (type.includes('json')) {
    const text = await context.req.text();
    try {
      const value: unknown = JSON.parse(text);
      return typeof value === 'object' && value !== null ? { ...value } : {};
    } catch {
      return {};
    }
  }
  if (type.includes('form')) return context.req.parseBody();
  return {};
}
