import type { Context } from 'hono';
import type { Problem } from 'whatsapp-embedded-signup/protocol';
import type { RelayProblem } from '../errors.ts';
import { problems } from '../errors.ts';

/**
 * Writes an error as a problem document (RFC 9457).
 *
 * @param now milliseconds since 1970
 */
export function toResponse(c: Context, problem: RelayProblem, now: () => number): Response {
  const { retryAfter } = problem;
  const { status, title, retryable } = problems[problem.code];
  const cause = problem.message === title ? title : `${title} ${problem.message}`;
  const body: Problem = {
    type: 'about:blank',
    title,
    status,
    detail: `${cause} ${problem.hint}`,
    code: problem.code,
    requestId: c.get('requestId'),
    retryable,
    ...(retryAfter !== undefined && { retryAt: new Date(now() + retryAfter).toISOString() }),
    ...(problem.onboarding !== undefined && { onboarding: problem.onboarding }),
  };
  if (retryAfter !== undefined) c.header('Retry-After', String(Math.ceil(retryAfter / 1000)));
  return c.json(body, status, { 'Content-Type': 'application/problem+json' });
}
