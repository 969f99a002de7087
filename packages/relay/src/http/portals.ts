import type { Context } from 'hono';
import { Hono } from 'hono';
import type { LaunchSettings } from 'whatsapp-embedded-signup/protocol';
import { RelayProblem } from '../errors.ts';
import type { Portal, Settings } from '../settings/settings.ts';
import type { Callers } from './caller.ts';
import type { Limits } from './limits.ts';
import type { Origins } from './origins.ts';

/** @throws RelayProblem `portal-unknown` */
export function portalOf(settings: Settings, name: string): Portal {
  const portal = settings.portals.get(name);
  if (!portal)
    throw new RelayProblem('portal-unknown', { detail: `"${name.slice(0, 64)}" is not in the settings.` });
  return portal;
}

/** `GET /v1/portals/{portal}`: what the element needs before it can open Meta's dialog. Holds no secret. */
export function portalRoutes(settings: Settings, origins: Origins, callers: Callers, limits: Limits): Hono {
  const routes = new Hono();

  /** The site's backend calls for a portal of its own, and sends no Origin. */
  async function isBackendOf(c: Context, portal: Portal): Promise<boolean> {
    if (c.req.header('origin') !== undefined) return false;
    const caller = await callers.of(c);
    return caller.kind === 'backend' && caller.portals.has(portal.name);
  }

  routes.use('/:portal', async (c, next) => {
    c.header('Vary', 'Origin', { append: true });
    // A refusal must be readable by the refused page too, so that the element can name the cause.
    c.header('Access-Control-Allow-Origin', '*');
    await next();
  });

  routes.use('/:portal', limits.guard);

  routes.get('/:portal', async (c) => {
    const portal = portalOf(settings, c.req.param('portal'));
    const origin = (await isBackendOf(c, portal)) ? null : origins.allowed(c, portal);
    const answer: LaunchSettings = {
      portal: portal.name,
      appId: portal.appId,
      graphVersion: settings.graph.version,
      flows: portal.flows,
      sdkUrl: settings.sdkUrl,
      sessions: portal.sessions,
    };
    if (origin !== null) c.header('Access-Control-Allow-Origin', origin);
    c.header('Cache-Control', 'no-store');
    return c.json(answer);
  });

  return routes;
}
