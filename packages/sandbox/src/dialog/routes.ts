import { Hono } from 'hono';
import * as v from 'valibot';
import { accountEntries } from '../control/next-input.ts';
import { madeUpPerson } from '../made-up.ts';
import { codeOutcomes, type QueuedAnswer } from '../outcomes.ts';
import { randomDigits, randomText } from '../random.ts';
import { finishSignup } from '../signup.ts';
import type { World } from '../world/world.ts';
import { connectBrowser } from './connection.ts';
import { renderArbiter, renderDialog, renderFailure } from './page.ts';
import type { PageData } from './page-data.ts';
import { createPrefill } from './prefill.ts';
import { readDialogRequest } from './request.ts';
import { createScreens, renderScreens } from './screens.ts';

const answerInput = v.object({ outcome: v.picklist(codeOutcomes), ...accountEntries });

/** The dialog and the way back from it. */
export function createDialogRoutes(world: World): Hono {
  const routes = new Hono();
  const path = '/:version{v\\d+\\.\\d+}/dialog/oauth';

  routes.get(path, (context) => {
    const request = readDialogRequest(new URL(context.req.url).searchParams);
    if ('reason' in request) return context.html(renderFailure(request.reason), 400);
    const queued = world.next.shift() ?? null;
    const data: PageData = {
      redirectUri: request.redirectUri,
      pageOrigin: request.pageOrigin,
      isBeforeV4: /^v[23]/.test(String(request.extras.version ?? '')),
      smsCode: randomDigits(world.random, 6),
      auto: queued && describe(queued),
      sessionId: randomText(world.random, 24),
    };
    const prefill = createPrefill(request.extras, queued?.data ?? {}, world.random);
    const screens = createScreens(madeUpPerson(world.random), prefill, data.smsCode);
    context.header('cache-control', 'no-store');
    return context.html(renderDialog(renderScreens(screens), data));
  });

  routes.post(`${path}/answer`, async (context) => {
    const body: unknown = await context.req.json().catch(() => null);
    const read = v.safeParse(answerInput, body);
    if (!read.success) return context.json({ error: { code: 'invalid-input' } }, 400);
    const { outcome, ...details } = read.output;
    connectBrowser(world, context);
    return context.json(finishSignup(world, { outcome, details }));
  });

  routes.get('/x/connect/xd_arbiter/', (context) => context.html(renderArbiter()));
  return routes;
}

function describe({
  outcome,
  delayMs,
  data: { step, code, message, ...details },
}: QueuedAnswer): PageData['auto'] {
  return {
    outcome,
    delayMs,
    details,
    step: step ?? 'PHONE_NUMBER_SETUP',
    errorCode: code ?? '2593037',
    errorMessage: message ?? 'Something went wrong while the phone number was verified.',
  };
}
