import { Hono } from 'hono';
import { describeError } from '../errors/catalogue.ts';
import { RelayProblem } from '../errors.ts';

/**
 * `GET /v1/errors/{code}`: what one of Meta's codes means and what to do about it; `?subcode=` where the Graph API gives
 * one. For anyone: there is nothing in it but the relay's own words.
 */
export function errorRoutes(): Hono {
  const routes = new Hono();
  routes.get('/:code', (c) => {
    c.header('Access-Control-Allow-Origin', '*');
    const error = describeError(c.req.param('code'), c.req.query('subcode'));
    if (!error) throw new RelayProblem('error-code-unknown');
    return c.json(error, 200, { 'Cache-Control': 'public, max-age=86400' });
  });
  return routes;
}
