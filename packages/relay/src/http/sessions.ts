import { Hono } from 'hono';
import type { SessionGrant } from 'whatsapp-embedded-signup/protocol';
import { RelayProblem } from '../errors.ts';
import type { Sessions } from '../sessions.ts';
import type { Settings } from '../settings/settings.ts';
import { readBody, sessionSchema } from './body.ts';
import type { Origins } from './origins.ts';
import { portalOf } from './portals.ts';

/** `POST /v1/sessions`: a page that may use the portal starts a signup. Writes nothing to the store. */
export function sessionRoutes(settings: Settings, origins: Origins, sessions: Sessions): Hono {
  const routes = new Hono();
  routes.post('/', async (c) => {
    const wanted = await readBody(c, sessionSchema);
    const portal = portalOf(settings, wanted.portal);
    const origin = origins.allowed(c, portal);
    if (!portal.flows[wanted.flow]) throw new RelayProblem('flow-unknown');
    const { session, expiresAt } = await sessions.grant({
      portal: portal.name,
      origin,
      flow: wanted.flow,
      claimedReference: wanted.reference ?? null,
      reference: null,
      reconnect: wanted.reconnect ?? null,
      onboarding: null,
      challenge: wanted.challenge,
    });
    const answer: SessionGrant = { session, expiresAt: new Date(expiresAt).toISOString() };
    return c.json(answer, 201);
  });
  return routes;
}
