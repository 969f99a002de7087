import type { Context } from 'hono';
import { Hono } from 'hono';
import type { SessionGrant } from 'whatsapp-embedded-signup/protocol';
import { RelayProblem } from '../errors.ts';
import { readRow } from '../onboarding/view.ts';
import type { NewSession, Sessions } from '../sessions.ts';
import type { Portal, Settings } from '../settings/settings.ts';
import type { Store } from '../store/store.ts';
import { backendSessionSchema, readBody, sessionSchema } from './body.ts';
import type { Callers } from './caller.ts';
import type { Limits } from './limits.ts';
import type { Origins } from './origins.ts';
import { portalOf } from './portals.ts';

export interface SessionRouteOptions {
  settings: Settings;
  origins: Origins;
  sessions: Sessions;
  callers: Callers;
  limits: Limits;
  store: Store;
}

/** What a session says where nobody said anything else. */
const plain = {
  origin: null,
  claimedReference: null,
  reference: null,
  challenge: null,
  reconnect: null,
  prefill: null,
  onboarding: null,
} as const satisfies Partial<NewSession>;

/**
 * `POST /v1/sessions`: a page that may use the portal starts a signup, or the site's backend does, for the customer
 * that it has signed in. Writes nothing to the store.
 */
export function sessionRoutes(options: SessionRouteOptions): Hono {
  const { settings, origins, sessions, callers, limits, store } = options;
  const routes = new Hono();

  async function ofPage(c: Context): Promise<NewSession> {
    const { portal: name, flow, challenge, reference, reconnect } = await readBody(c, sessionSchema);
    const portal = portalOf(settings, name);
    const origin = origins.allowed(c, portal);
    if (portal.sessions === 'server') throw new RelayProblem('session-required');
    limits.newSession(name);
    assertOffered(portal, flow);
    return {
      ...plain,
      portal: name,
      origin,
      flow,
      challenge,
      claimedReference: reference ?? null,
      reconnect: reconnect ?? null,
    };
  }

  async function ofBackend(c: Context, portals: ReadonlySet<string>): Promise<NewSession> {
    const body = await readBody(c, backendSessionSchema);
    if ('onboarding' in body) {
      const row = await readRow(store, body.onboarding);
      if (!row || !portals.has(row.portal)) throw new RelayProblem('onboarding-unknown');
      return { ...plain, portal: row.portal, flow: row.flow, onboarding: row.id };
    }
    const { portal: name, flow, reference, challenge, reconnect, prefill } = body;
    const portal = portalOf(settings, name);
    if (!portals.has(name)) {
      throw new RelayProblem('portal-unknown', { detail: `The key is not one of the portal "${name}".` });
    }
    assertOffered(portal, flow);
    return {
      ...plain,
      portal: name,
      flow,
      reference,
      challenge: challenge ?? null,
      reconnect: reconnect ?? null,
      prefill: prefill ?? null,
    };
  }

  routes.post('/', async (c) => {
    const caller = await callers.of(c);
    // A page may send a session that has had its day: it asks for a new one. What is no session must be a key.
    const fromBackend = caller.kind === 'backend' || (caller.kind === 'stranger' && caller.sent === 'key');
    const wanted = fromBackend ? await ofBackend(c, (await callers.backend(c)).portals) : await ofPage(c);
    const { session, expiresAt } = await sessions.grant(wanted);
    const answer: SessionGrant = { session, expiresAt: new Date(expiresAt).toISOString() };
    return c.json(answer, 201);
  });

  return routes;
}

function assertOffered(portal: Portal, flow: NewSession['flow']): void {
  if (!portal.flows[flow]) throw new RelayProblem('flow-unknown');
}
