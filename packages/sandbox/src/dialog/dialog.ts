import { html } from 'hono/html';
import type { QueuedAnswer } from '../outcomes.ts';
import { randomDigits, randomText } from '../random.ts';
import { type AppRefusal, mayUse } from '../world/may-use.ts';
import { people } from '../world/seed.ts';
import type { World } from '../world/world.ts';
import type { Markup } from './fields.ts';
import { renderEnds, renderRefusals } from './notices.ts';
import { renderDialog } from './page.ts';
import type { AutoAnswer, PageData } from './page-data.ts';
import { renderPicker } from './picker.ts';
import { listPortfolios, offeredNumbers } from './portfolios.ts';
import { createPrefill, prefilledDetails } from './prefill.ts';
import { reports } from './reports.ts';
import type { DialogRequest } from './request.ts';
import { createScreens } from './screens/screens.ts';

/** How often a code can be asked for; then Meta wants a pause. Meta: Embedded Signup › Flow errors › 2494158. */
const codeRequests = 4;

/** The dialog's page. An answer that was queued is spent by it, whoever then may use the app. */
export function createDialog(world: World, request: DialogRequest, queued: QueuedAnswer | null): Markup {
  const { app, configuration, flow, messages, wayBack } = request;
  const prefill = createPrefill(world, app.businessId, request.extras);
  const portfolios = listPortfolios(world, prefill.businessId, prefill.wabaId);
  const everyone = [...world.people.values()];
  const smsCodes = Array.from({ length: codeRequests }, () => randomDigits(world.random, 6));
  const refusals = everyone.flatMap(({ id }) => {
    const verdict = mayUse(app, id);
    return verdict === 'yes' ? [] : [[id, verdict] as [string, AppRefusal]];
  });
  const data: PageData = {
    wayBack,
    messages: { isPosted: messages.isPosted, version: messages.version },
    flow: flow.kind,
    isNumberFirst: flow.isNumberFirst && flow.kind === 'standard',
    smsCodes,
    portfolios,
    refusals: Object.fromEntries(refusals),
    auto: queued && describe(queued),
    prefilled: prefilledDetails(prefill),
    sessionId: randomText(world.random, 24),
    now: world.clock.now(),
  };
  const screens = createScreens({
    app,
    flow,
    prefill,
    portfolios,
    people: everyone,
    permissions: configuration.permissions.filter((permission) => app.permissions.has(permission)),
    solution: request.solution,
    smsCode: smsCodes[0] ?? '',
    pairing: `https://wa.me/sandbox/${randomText(world.random, 24)}`,
  });
  const notices = html`${renderRefusals(new Set(refusals.map(([, refusal]) => refusal)))}
  ${renderEnds(app.name)}`;
  return renderDialog(
    screens,
    notices,
    renderPicker(portfolios, offeredNumbers(world, app.businessId)),
    data,
  );
}

function describe({
  outcome,
  delayMs,
  data: { step, code, message, event, ...details },
}: QueuedAnswer): AutoAnswer {
  const known = code === undefined ? reports[0] : reports.find((report) => report.code === code);
  return {
    outcome,
    delayMs,
    details: { personId: people[0].id, ...details },
    step: step ?? 'PHONE_NUMBER_SETUP',
    report: {
      event: event ?? 'CANCEL',
      code: code ?? reports[0].code,
      message: message ?? known?.message ?? 'Something went wrong.',
    },
  };
}
