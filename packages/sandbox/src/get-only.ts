import type { MiddlewareHandler } from 'hono';

/** For a GET with effects: a HEAD, which Hono answers as a GET without its body, must not have them. */
export const getOnly: MiddlewareHandler = async (context, next) => {
  if (context.req.method === 'HEAD') return context.body(null, 405, { allow: 'GET' });
  await next();
};
