import { Hono } from 'hono';
import { credentialsAsEnv, credentialsAt } from '../credentials.ts';
import type { Faults } from '../faults.ts';
import type { Journal } from '../journal.ts';
import { requestOrigin } from '../request-origin.ts';
import type { Callout } from '../webhooks/callout.ts';
import type { Deliveries } from '../webhooks/deliver.ts';
import type { World } from '../world/world.ts';
import { createAccountControl } from './accounts.ts';
import { createAppControl } from './app.ts';
import { advance, clockInput } from './clock.ts';
import { faultInput } from './fault-input.ts';
import { guardProblem } from './guard.ts';
import { createNext } from './next.ts';
import { createPartnership } from './partnership.ts';
import { createSignedRequestControl } from './signed-request.ts';
import { describeState } from './state.ts';
import { takes } from './takes.ts';
import { refuseTheRest } from './unknown.ts';
import { createWebhookControl } from './webhooks.ts';
import { createWhatsAppUser } from './whatsapp-user.ts';

export interface ControlOptions {
  world: World;
  faults: Faults;
  journal: Journal;
  webhooks: Deliveries;
  /** How the sandbox speaks to the addresses that it is given. */
  callout: Callout;
  /** Where the sandbox was told to listen. */
  host?: string;
}

/** The routes under `/_sandbox`: what a test uses to set the scene and to look behind it. */
export function createControl({ world, faults, journal, webhooks, callout, host }: ControlOptions): Hono {
  const control = new Hono();

  control.use(async (context, next) => {
    const problem = guardProblem(context.req.raw.headers, host);
    if (problem) return context.json({ error: problem }, 403);
    const origin = context.req.header('origin');
    if (origin !== undefined) {
      context.header('access-control-allow-origin', origin);
      context.header('access-control-allow-headers', 'content-type');
      context.header('access-control-allow-methods', 'GET, POST, DELETE');
      context.header('vary', 'origin');
    }
    if (context.req.method === 'OPTIONS') return context.body(null, 204);
    return next();
  });

  control.get('/credentials', (context) => {
    const credentials = credentialsAt(requestOrigin(context.req.raw));
    return context.req.query('format') === 'env'
      ? context.text(credentialsAsEnv(credentials))
      : context.json(credentials);
  });
  control.route('/', createNext(world));
  control.route('/', createAccountControl(world));
  control.route('/', createWebhookControl(world, webhooks));
  control.route('/', createSignedRequestControl(world, callout));
  control.route('/', createWhatsAppUser(world));
  control.route('/', createAppControl(world));
  control.route('/', createPartnership(world));
  control.get('/faults', (context) => context.json({ faults: faults.list }));
  control.post(
    '/faults',
    takes(faultInput, (fault) => {
      faults.add(fault);
      return { faults: faults.list };
    }),
  );
  control.delete('/faults', (context) => {
    faults.clear();
    return context.json({ faults: [] });
  });
  control.get('/journal', (context) => context.json(journal.entries));
  control.get('/state', (context) => context.json(describeState(world, faults, webhooks)));
  control.post(
    '/clock',
    takes(clockInput, (input) => advance(world, input)),
  );
  control.post('/reset', (context) => {
    world.reset();
    faults.clear();
    journal.clear();
    webhooks.clear();
    return context.json({ reset: true });
  });
  refuseTheRest(control);
  return control;
}
