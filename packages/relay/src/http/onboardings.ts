import type { Context } from 'hono';
import { Hono } from 'hono';
import { streamSSE } from 'hono/streaming';
import type { Onboarding } from 'whatsapp-embedded-signup/protocol';
import { RelayProblem } from '../errors.ts';
import type { Hub } from '../hub.ts';
import type { Exchange } from '../onboarding/exchange.ts';
import { addLateEvent } from '../onboarding/late-event.ts';
import type { Turns } from '../onboarding/turns.ts';
import { readRow, readView } from '../onboarding/view.ts';
import type { Session, Sessions } from '../sessions.ts';
import type { Settings } from '../settings/settings.ts';
import type { Store } from '../store/store.ts';
import { lateEventSchema, readBody, redeemSchema } from './body.ts';
import { follow, revisionOf } from './follow.ts';
import type { Origins } from './origins.ts';
import { portalOf } from './portals.ts';

export interface OnboardingRouteOptions {
  settings: Settings;
  origins: Origins;
  sessions: Sessions;
  exchange: Exchange;
  turns: Turns;
  store: Store;
  hub: Hub;
  now: () => number;
  /** Aborts when the relay stops: open streams end then. */
  stopping: AbortSignal;
}

/** A session reads its onboarding until this long after it has ended. */
const READABLE_AFTER_END_MS = 24 * 60 * 60 * 1000;

/** `/v1/onboardings`: redeem a code, bring a late event, read, and follow. */
export function onboardingRoutes(options: OnboardingRouteOptions): Hono {
  const { settings, origins, sessions, exchange, store, hub, now, stopping } = options;
  const routes = new Hono();

  /** The session of a call, from a page of the origin that it was made for. */
  async function sessionOf(c: Context): Promise<Session> {
    const [scheme, text] = (c.req.header('authorization') ?? '').split(' ', 2);
    if (scheme?.toLowerCase() !== 'bearer' || !text) throw new RelayProblem('session-missing');
    const session = await sessions.open(text);
    origins.assertSession(c, portalOf(settings, session.portal), session.origin);
    return session;
  }

  /** The onboarding in the path, where it is this session's. Another's looks like none: 404. */
  async function ownOnboarding(c: Context): Promise<string> {
    const session = await sessionOf(c);
    const row = await readRow(store, c.req.param('id') ?? '');
    if (row?.session_id !== session.id) throw new RelayProblem('onboarding-unknown');
    if (row.ended_at !== null && now() > row.ended_at + READABLE_AFTER_END_MS) {
      throw new RelayProblem('session-expired');
    }
    return row.id;
  }

  async function view(id: string): Promise<Onboarding> {
    const found = await readView(store, id);
    if (!found) throw new RelayProblem('onboarding-unknown');
    return found;
  }

  routes.post('/', async (c) => {
    const session = await sessionOf(c);
    const request = await readBody(c, redeemSchema);
    await sessions.assertRedeemable(session, request.verifier);
    return c.json(await exchange.redeem(portalOf(settings, session.portal), session, request), 202);
  });

  routes.get('/:id', async (c) => c.json(await view(await ownOnboarding(c))));

  routes.patch('/:id', async (c) => {
    const id = await ownOnboarding(c);
    await addLateEvent({ store, hub, now }, id, await readBody(c, lateEventSchema));
    return c.json(await view(id));
  });

  routes.get('/:id/events', async (c) => {
    const id = await ownOnboarding(c);
    const seen = revisionOf(c.req.header('last-event-id'));
    c.header('X-Accel-Buffering', 'no');
    // Hono answers HEAD with what GET gives and drops the body: a stream would go on with nobody reading.
    if (c.req.method === 'HEAD') return c.body(null, 200, { 'Content-Type': 'text/event-stream' });
    return streamSSE(c, (stream) => follow({ store, hub, stopping }, stream, id, seen));
  });

  return routes;
}
