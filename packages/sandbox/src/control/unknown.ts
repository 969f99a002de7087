import type { Context, Hono } from 'hono';
import type { InputProblem } from './input-error.ts';

/** The methods of every control, by its path such as `/next`. */
export function methodsOf(control: Hono): Map<string, string[]> {
  const methods = new Map<string, string[]>();
  for (const { path, method } of control.routes) {
    if (method === 'ALL') continue;
    methods.set(path, [...new Set([...(methods.get(path) ?? []), method])]);
  }
  return methods;
}

/** To be called last: answers what no control takes with what there is. */
export function refuseTheRest(control: Hono): void {
  const known = methodsOf(control);
  const names = [...known.keys()].map((path) => path.slice(1));

  for (const [path, methods] of known) {
    control.all(path, (context) => {
      context.header('allow', methods.join(', '));
      const message = `${context.req.path} takes ${methods.join(' and ')}, not ${context.req.method}.`;
      return refuse(context, { code: 'method-not-allowed', message, allowed: methods }, 405);
    });
  }
  control.all('*', (context) => {
    const message = `No control at ${context.req.path}: there are ${names.join(', ')}.`;
    return refuse(context, { code: 'not-found', message, allowed: names }, 404);
  });
}

function refuse(context: Context, problem: InputProblem, status: 404 | 405): Response {
  return context.json({ error: problem }, status);
}
