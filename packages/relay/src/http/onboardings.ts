import type { Context } from 'hono';
import { Hono } from 'hono';
import { streamSSE } from 'hono/streaming';
import type { Onboarding } from 'whatsapp-embedded-signup/protocol';
import { RelayProblem } from '../errors.ts';
import type { Hub } from '../hub.ts';
import { ofBackend } from '../onboarding/answers.ts';
import type { Exchange } from '../onboarding/exchange/exchange.ts';
import { addLateEvent } from '../onboarding/exchange/late-event.ts';
import type { Turns } from '../onboarding/turns.ts';
import { readRow, readView } from '../onboarding/view.ts';
import type { Session, Sessions } from '../sessions.ts';
import type { Settings } from '../settings/settings.ts';
import type { OnboardingRow } from '../store/schema.ts';
import type { Store } from '../store/store.ts';
import { inputSchema, lateEventSchema, readBody, redeemSchema } from './body.ts';
import type { Callers, KnownCaller } from './caller.ts';
import { follow, revisionOf } from './follow.ts';
import type { Limits } from './limits.ts';
import { portalOf } from './portals.ts';

export interface OnboardingRouteOptions {
  settings: Settings;
  sessions: Sessions;
  callers: Callers;
  limits: Limits;
  exchange: Exchange;
  turns: Turns;
  store: Store;
  hub: Hub;
  now: () => number;
  /** Aborts when the relay stops: open streams end then. */
  stopping: AbortSignal;
}

/** A session reads, answers and resumes its onboarding until this long after it has ended. */
const READABLE_AFTER_END_MS = 24 * 60 * 60 * 1000;

/** `/v1/onboardings`: redeem a code, bring a late event, read and follow, answer and resume. */
export function onboardingRoutes(options: OnboardingRouteOptions): Hono {
  const { settings, sessions, callers, limits, exchange, turns, store, hub, now, stopping } = options;
  const routes = new Hono();

  /** The onboarding in the path, where it is this caller's. Another's looks like none: 404. */
  async function own(c: Context, caller: KnownCaller): Promise<string> {
    const id = c.req.param('id') ?? '';
    const row = /^onb_\w{1,60}$/.test(id) ? await readRow(store, id) : undefined;
    if (!row || !owns(caller, row)) throw new RelayProblem('onboarding-unknown');
    if (caller.kind === 'session' && isOver(caller.session, row)) throw new RelayProblem('session-expired');
    return row.id;
  }

  async function ofSession(c: Context): Promise<string> {
    return own(c, { kind: 'session', session: await callers.session(c) });
  }

  function isOver({ expiresAt }: Session, { ended_at }: OnboardingRow): boolean {
    return ended_at !== null && now() > Math.max(ended_at + READABLE_AFTER_END_MS, expiresAt);
  }

  async function view(id: string): Promise<Onboarding> {
    const found = await readView(store, id);
    if (!found) throw new RelayProblem('onboarding-unknown');
    return found;
  }

  routes.post('/', async (c) => {
    const session = await callers.session(c);
    const request = await readBody(c, redeemSchema);
    await sessions.assertRedeemable(session, request.verifier);
    return c.json(await exchange.redeem(portalOf(settings, session.portal), session, request), 202);
  });

  routes.get('/:id', async (c) => c.json(await view(await own(c, await callers.known(c)))));

  routes.patch('/:id', async (c) => {
    const id = await ofSession(c);
    await addLateEvent({ store, hub, now }, id, await readBody(c, lateEventSchema));
    return c.json(await view(id));
  });

  routes.post('/:id/input', async (c) => {
    const caller = await callers.known(c);
    const id = await own(c, caller);
    const input = await readBody(c, inputSchema);
    if (caller.kind === 'session' && ofBackend.has(input.kind)) throw new RelayProblem('portal-key-required');
    await turns.answer(id, input);
    return c.json(await view(id), 202);
  });

  routes.post('/:id/resume', async (c) => {
    const id = await own(c, await callers.known(c));
    await turns.resume(id);
    return c.json(await view(id), 202);
  });

  routes.get('/:id/events', async (c) => {
    const id = await ofSession(c);
    const seen = revisionOf(c.req.header('last-event-id'));
    c.header('X-Accel-Buffering', 'no');
    // Hono answers HEAD with what GET gives and drops the body: a stream would go on with nobody reading.
    if (c.req.method === 'HEAD') return c.body(null, 200, { 'Content-Type': 'text/event-stream' });
    const close = limits.openStream(id);
    return streamSSE(c, async (stream) => {
      try {
        await follow({ store, hub, stopping }, stream, id, seen);
      } finally {
        close();
      }
    });
  });

  return routes;
}

/** A session has the onboarding that it redeemed or was made for; a backend those of its portals. */
function owns(caller: KnownCaller, row: OnboardingRow): boolean {
  if (caller.kind === 'backend') return caller.portals.has(row.portal);
  const { id, portal, onboarding } = caller.session;
  return row.portal === portal && (row.session_id === id || row.id === onboarding);
}
