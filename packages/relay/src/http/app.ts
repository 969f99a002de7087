import type { Context } from 'hono';
import { Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { cors } from 'hono/cors';
import { requestId } from 'hono/request-id';
import { secureHeaders } from 'hono/secure-headers';
import { RelayProblem } from '../errors.ts';
import { type Log, placeOf } from '../log.ts';
import { createCallers } from './caller.ts';
import type { CreditRouteOptions } from './credit.ts';
import { creditRoutes } from './credit.ts';
import { errorRoutes } from './errors.ts';
import type { Rates } from './limits.ts';
import { createLimits, usualRates } from './limits.ts';
import type { OnboardingRouteOptions } from './onboardings.ts';
import { onboardingRoutes } from './onboardings.ts';
import type { Origins } from './origins.ts';
import { portalRoutes } from './portals.ts';
import { toResponse } from './problem.ts';
import { reportRoutes } from './report.ts';
import { sessionRoutes } from './sessions.ts';
import type { WidgetFiles } from './widget.ts';
import { widgetRoutes } from './widget.ts';

export interface AppOptions extends Omit<OnboardingRouteOptions & CreditRouteOptions, 'callers' | 'limits'> {
  origins: Origins;
  rates: Partial<Rates>;
  widget: WidgetFiles;
  log: Log;
}

const LARGEST_BODY_BYTES = 16 * 1024;

/** The relay's routes: the element's files for any page, the API for the portals' pages. */
export async function createApp(options: AppOptions): Promise<Hono> {
  const { settings, origins, sessions, widget, log, now } = options;
  const callers = await createCallers(settings, origins, sessions);
  const limits = createLimits(callers, settings.proxies, { ...usualRates, ...options.rates });
  const app = new Hono();

  app.use(requestId({ limitLength: 64 }));
  app.use(async (c, next) => {
    const started = performance.now();
    await next();
    const ms = Math.round(performance.now() - started);
    // The path without its query; ids in it are random or public, and no secret stands in an address here.
    log('debug', 'request', {
      requestId: c.get('requestId'),
      method: c.req.method,
      path: c.req.path.slice(0, 200),
      status: c.res.status,
      ms,
    });
  });

  app.route('/', widgetRoutes(widget, settings));

  const api = new Hono();
  api.use(
    secureHeaders({
      // The relay may sit on a domain that it does not own whole.
      strictTransportSecurity: 'max-age=31536000',
      referrerPolicy: 'no-referrer',
    }),
  );
  api.route('/portals', portalRoutes(settings, origins, callers, limits));
  api.route('/errors', errorRoutes());
  api.use(limits.guesses);
  api.use(callers.guard);
  api.use(
    cors({
      // The guard has let nobody else through.
      origin: (origin) => origin,
      allowHeaders: ['authorization', 'content-type', 'last-event-id'],
      allowMethods: ['GET', 'POST', 'PATCH'],
      exposeHeaders: ['x-request-id', 'retry-after'],
      maxAge: 600,
    }),
  );
  // Below the origin check and CORS: a page can read that it asked too often.
  api.use(limits.guard);
  api.use(async (c, next) => {
    c.header('Cache-Control', 'no-store');
    await next();
  });
  api.use(
    bodyLimit({
      maxSize: LARGEST_BODY_BYTES,
      onError: (c) => toResponse(c, new RelayProblem('body-too-large'), now),
    }),
  );
  api.route('/sessions', sessionRoutes({ ...options, callers, limits }));
  api.route('/sessions', reportRoutes({ ...options, callers }));
  api.route('/onboardings', onboardingRoutes({ ...options, callers, limits }));
  api.route('/accounts', creditRoutes({ ...options, callers }));
  app.route('/v1', api);

  app.notFound((c) => toResponse(c, new RelayProblem('not-found'), now));
  app.onError((error, c) => {
    if (error instanceof RelayProblem) return toResponse(c, error, now);
    // Nobody reads the answer, and there is nothing to look into.
    if (hasLeft(c, error)) return toResponse(c, new RelayProblem('body-not-json'), now);
    // Its connection was still open when the store closed; whoever asks again finds the next process.
    if (options.stopping.aborted) return toResponse(c, new RelayProblem('stopping'), now);
    log('error', 'request failed', {
      requestId: c.get('requestId'),
      path: c.req.path,
      detail: placeOf(error),
    });
    return toResponse(c, new RelayProblem('internal-error'), now);
  });
  return app;
}

/** Whether the client closed the connection before it had sent its whole body. */
function hasLeft(c: Context, error: Error): boolean {
  return c.req.raw.signal.aborted && 'code' in error && error.code === 'ECONNRESET';
}
