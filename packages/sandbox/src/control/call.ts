import type { Hono } from 'hono';
import { type InputProblem, SandboxInputError } from './input-error.ts';
import { methodsOf } from './unknown.ts';

/**
 * Calls a control in this process. `route` is its name, with or without a slash or a method before it. Without a
 * method it is POST where there is a body or nothing else to do, and GET otherwise.
 */
export function createControlCall(
  control: Hono,
  send: (path: string, init: RequestInit) => Promise<Response>,
) {
  const methods = methodsOf(control);

  return async (route: string, body?: object): Promise<unknown> => {
    const [, said, name = ''] = /^(?:(GET|POST|DELETE) )?\/?(.*)$/s.exec(route) ?? [];
    const isPostAlone = methods.get(`/${name}`)?.join() === 'POST';
    const method = said ?? (body || isPostAlone ? 'POST' : 'GET');
    const response = await send(`/_sandbox/${name}`, {
      method,
      ...(body ? { body: JSON.stringify(body) } : {}),
    });
    const answer: unknown = await response.json();
    if (response.ok) return answer;
    const { error } = answer as { error: InputProblem };
    throw response.status < 500 ? new SandboxInputError(error) : new Error(error.message);
  };
}
