import { type Context, Hono } from 'hono';
import type * as v from 'valibot';
import {
  clockInput,
  codesInput,
  faultInput,
  type InputProblem,
  nextInput,
  readInput,
} from './control-input.ts';
import { credentialsAsEnv, credentialsAt } from './credentials.ts';
import type { Faults } from './faults.ts';
import type { Journal } from './journal.ts';
import { requestOrigin } from './request-origin.ts';
import { finishSignup } from './signup.ts';
import type { World } from './world.ts';

/** The routes under `/_sandbox`: what a test uses to set the scene and to look behind it. */
export function createControl(options: { world: World; faults: Faults; journal: Journal }): Hono {
  const { world, faults, journal } = options;
  const control = new Hono();

  control.use(async (context, next) => {
    const origin = context.req.header('origin');
    if (origin !== undefined && !isLoopback(origin)) {
      return context.json(
        { error: { code: 'origin-refused', message: 'The controls answer pages on loopback only.' } },
        403,
      );
    }
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
  control.post('/next', async (context) => {
    const read = await readBody(context, nextInput);
    if ('problem' in read) return refuse(context, read.problem);
    world.next.push(read.input);
    return context.json({ queued: world.next.length });
  });
  control.post('/codes', async (context) => {
    const read = await readBody(context, codesInput);
    if ('problem' in read) return refuse(context, read.problem);
    const { outcome, data } = read.input;
    return context.json(finishSignup(world, { outcome, details: data }));
  });
  control.post('/faults', async (context) => {
    const read = await readBody(context, faultInput);
    if ('problem' in read) return refuse(context, read.problem);
    faults.add(read.input);
    return context.json({ faults: faults.list });
  });
  control.delete('/faults', (context) => {
    faults.clear();
    return context.json({ faults: [] });
  });
  control.get('/journal', (context) => context.json(journal.entries));
  control.get('/state', (context) => context.json(describe(world, faults)));
  control.post('/clock', async (context) => {
    const read = await readBody(context, clockInput);
    if ('problem' in read) return refuse(context, read.problem);
    world.clock.advance(read.input.advanceMs);
    return context.json({ now: new Date(world.clock.now()).toISOString() });
  });
  control.post('/reset', (context) => {
    world.reset();
    faults.clear();
    journal.clear();
    return context.json({ reset: true });
  });
  control.all('*', (context) =>
    context.json({ error: { code: 'not-found', message: `No control at ${context.req.path}.` } }, 404),
  );
  return control;
}

/** An empty body counts as `{}`, so that every field is named as missing or takes its default. */
async function readBody<Schema extends v.GenericSchema>(context: Context, schema: Schema) {
  const text = await context.req.text();
  let body: unknown;
  try {
    body = text === '' ? {} : JSON.parse(text);
  } catch {
    const problem: InputProblem = { code: 'invalid-input', field: 'body', message: 'The body must be JSON.' };
    return { problem };
  }
  return readInput(schema, body);
}

function refuse(context: Context, problem: InputProblem): Response {
  return context.json({ error: problem }, 400);
}

function isLoopback(origin: string): boolean {
  if (!URL.canParse(origin)) return false;
  const { hostname } = new URL(origin);
  return (
    hostname === 'localhost' ||
    hostname.endsWith('.localhost') ||
    hostname === '[::1]' ||
    /^127(\.\d+){3}$/.test(hostname)
  );
}

function describe(world: World, faults: Faults): Record<string, unknown> {
  return {
    now: new Date(world.clock.now()).toISOString(),
    businesses: [...world.businesses.values()],
    wabas: [...world.wabas.values()].map((waba) => ({ ...waba, subscribedApps: [...waba.subscribedApps] })),
    phoneNumbers: [...world.phones.values()],
    codes: [...world.codes.values()],
    tokens: [...world.tokens.values()],
    next: world.next,
    faults: faults.list,
  };
}
