import { type Context, Hono } from 'hono';
import * as v from 'valibot';
import { accountEntries } from '../control/next-input.ts';
import { codeOutcomes } from '../outcomes.ts';
import { finishSignup } from '../signup.ts';
import { findProblem } from '../signup-details.ts';
import { mayUse } from '../world/may-use.ts';
import { people } from '../world/seed.ts';
import type { World } from '../world/world.ts';
import { connectBrowser } from './connection.ts';
import { createDialog } from './dialog.ts';
import { renderProblem } from './notices.ts';
import { renderArbiter } from './page.ts';
import type { AnswerResult } from './page-data.ts';
import { type DialogRequest, readDialogRequest } from './request.ts';

const answerInput = v.object({ outcome: v.picklist(codeOutcomes), ...accountEntries });

/** The dialog at its two addresses, and the way back from it. */
export function createDialogRoutes(world: World): Hono {
  const routes = new Hono();
  const oauth = '/:version{v\\d+\\.\\d+}/dialog/oauth';
  // Meta: Hosted Embedded Signup, on business.facebook.com.
  const hosted = '/messaging/whatsapp/onboard';

  for (const path of [oauth, hosted]) {
    const read = (context: Context) =>
      readDialogRequest(world, new URL(context.req.url).searchParams, path === hosted);

    const show = (context: Context) => {
      const request = read(context);
      if ('problem' in request) return context.html(renderProblem(request), 400);
      context.header('cache-control', 'no-store');
      // Only whoever sees the dialog spends the answer.
      const queued = context.req.method === 'HEAD' ? undefined : world.next.shift();
      return context.html(createDialog(world, request, queued ?? null));
    };
    routes.get(path, show);
    routes.get(`${path}/`, show);

    // The dialog's own: it repeats its address, so that nothing has to be remembered in between.
    routes.post(`${path}/answer`, async (context) => {
      const request = read(context);
      if ('problem' in request) return context.json({ error: { code: request.problem } }, 400);
      const body: unknown = await context.req.json().catch(() => null);
      const answer = v.safeParse(answerInput, body);
      if (!answer.success) return context.json({ error: { code: 'invalid-input' } }, 400);
      const wrong = findProblem(world, answer.output.outcome, answer.output, request.app);
      if (wrong) {
        const message = `"${wrong.field}" ${wrong.reason}.`;
        return context.json({ error: { code: 'invalid-input', field: wrong.field, message } }, 400);
      }
      const { personId = people[0].id } = answer.output;
      const verdict = mayUse(request.app, personId);
      if (verdict !== 'yes') return context.json({ error: { code: verdict } }, 403);
      const userName = world.people.get(personId)?.name;
      connectBrowser(world, context, { appId: request.app.id, ...(userName ? { userName } : {}) });
      return context.json(finish(world, request, answer.output));
    });

    // A customer may look at the last screen for long; the code's 30 seconds begin when it is handed over.
    routes.post(`${path}/handed-over`, async (context) => {
      const body = v.safeParse(v.object({ code: v.string() }), await context.req.json().catch(() => null));
      const code = body.success ? world.codes.get(body.output.code) : undefined;
      if (code?.isHeld) {
        code.isHeld = false;
        code.issuedAt = world.clock.now();
      }
      return context.body(null, 204);
    });
  }

  routes.get('/x/connect/xd_arbiter/', (context) => context.html(renderArbiter()));
  return routes;
}

function finish(
  world: World,
  request: DialogRequest,
  { outcome, ...details }: v.InferOutput<typeof answerInput>,
): AnswerResult {
  const { app, configuration, solution, wayBack, messages } = request;
  const { code, event } = finishSignup(world, {
    outcome,
    details,
    appId: app.id,
    configId: configuration.id,
    solutionId: solution?.id ?? null,
    isHeld: true,
    redirectUri: wayBack.kind === 'redirect' ? wayBack.redirectUri : null,
  });
  if (wayBack.kind === 'hosted') {
    // The partner fetches its token when the webhook comes; nobody will ever have this code.
    world.codes.delete(code);
    return { code: null, event: null };
  }
  if (!messages.isPosted) return { code, event: null };
  const { business_id, ...ids } = event.data;
  const data = messages.namesBusiness || business_id === undefined ? event.data : ids;
  return { code, event: { event: event.event, data } };
}
