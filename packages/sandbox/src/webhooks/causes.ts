import type { Phone, Waba } from '../world/assets.ts';
import type { Happening } from '../world/happening.ts';
import { announcedStatus } from '../world/partnership.ts';
import type { World } from '../world/world.ts';
import * as update from './account-update.ts';
import type { Notice } from './notice.ts';
import { contactSync, type HistoryChunk, historyChunk, historyDeclined, messageStatus } from './traffic.ts';
import * as value from './values.ts';

/** How a history comes, and after how many minutes. Meta: Webhooks › history › Phases and chunks. */
const historyPlan: readonly (HistoryChunk & { minute: number })[] = [
  { minute: 0, phase: 0, chunk_order: 1, progress: 15 },
  { minute: 1, phase: 1, chunk_order: 1, progress: 45 },
  { minute: 2, phase: 1, chunk_order: 2, progress: 70 },
  { minute: 3, phase: 2, chunk_order: 1, progress: 100 },
];

/** Which webhooks follow from what happened; those of now. What comes later is handed to `tell` in its time. */
export function noticesOf(world: World, happening: Happening, tell: (notice: Notice) => void): Notice[] {
  if (happening.kind === 'solution-changed') return solutionNotices(world, happening);
  const phone = 'phoneId' in happening ? world.phones.get(happening.phoneId) : undefined;
  const waba = world.wabas.get('wabaId' in happening ? happening.wabaId : (phone?.wabaId ?? ''));
  if (!waba) return [];
  if ('phoneId' in happening) return phone ? numberNotices(world, happening, waba, phone, tell) : [];
  return accountNotices(world, happening, waba);
}

type OfNumber = Extract<Happening, { phoneId: string }>;
type OfAccount = Exclude<Happening, OfNumber | { kind: 'solution-changed' }>;

function numberNotices(
  world: World,
  happening: OfNumber,
  waba: Waba,
  phone: Phone,
  tell: (notice: Notice) => void,
): Notice[] {
  switch (happening.kind) {
    case 'number-registered':
      return [value.numberQuality(waba, phone, 'ONBOARDING', { before: 'TIER_NOT_SET', now: 'TIER_250' })];
    case 'number-quality':
      return [value.numberQuality(waba, phone, happening.event, { now: happening.limit })];
    case 'pin-changed':
      return [value.security(waba, phone, 'PIN_CHANGED')];
    case 'pin-reset':
      return [
        happening.stage === 'requested'
          ? value.security(waba, phone, 'PIN_RESET_REQUEST', '61555822107539')
          : value.security(waba, phone, 'PIN_REQUEST_SUCCESS'),
      ];
    case 'name-reviewed':
      return [value.nameReview(waba, phone, phone.newName?.name ?? phone.verifiedName, happening.decision)];
    case 'message-status':
      return [messageStatus(world, waba, phone, happening)];
    case 'sync-requested':
      if (happening.sync === 'contacts') return [contactSync(world, waba, phone)];
      if (phone.sync.historyDeclined) return [historyDeclined(waba, phone)];
      sendHistory(world, waba, phone, tell);
      return [];
  }
}

function sendHistory(world: World, waba: Waba, phone: Phone, tell: (notice: Notice) => void): void {
  for (const { minute, ...chunk } of historyPlan) {
    world.clock.schedule(world.clock.now() + minute * 60_000, () =>
      tell(historyChunk(world, waba, phone, chunk)),
    );
  }
}

function accountNotices(world: World, happening: OfAccount, waba: Waba): Notice[] {
  switch (happening.kind) {
    case 'signup-finished':
      return signupNotices(world, waba, happening);
    case 'template-changed': {
      const template = world.templates.get(happening.templateId);
      return template ? [value.templateStatus(waba, template, happening.event, world.clock.now())] : [];
    }
    case 'account-reviewed':
      return [value.accountReview(waba, happening.decision)];
    case 'account-ban':
      return [update.disabledUpdate(waba, happening.state, world.clock.now())];
    case 'account-violation':
      return [update.accountViolation(waba, happening.type)];
    case 'account-restricted':
      return [update.accountRestriction(waba, happening.restrictions)];
    case 'account-offboarded':
      return [update.aboutAccount(waba, 'ACCOUNT_OFFBOARDED')];
    case 'account-reconnected':
      return [update.aboutAccount(waba, 'ACCOUNT_RECONNECTED')];
    case 'account-deleted':
      return [update.aboutAccount(waba, 'ACCOUNT_DELETED')];
    case 'partner-removed': {
      const { businessId, disconnection } = happening;
      const phone = disconnection && world.phones.get(disconnection.phoneId);
      return phone
        ? [update.numberDisconnected(waba, businessId, phone.displayNumber, disconnection)]
        : [update.partnerRemoved(waba, businessId)];
    }
    case 'app-uninstalled': {
      const app = world.apps.get(happening.appId);
      return app ? [update.appUninstalled(waba, { businessId: app.businessId, appId: app.id })] : [];
    }
  }
}

/** With a Multi-Partner Solution the account is shared with both partners, and each is told. */
function signupNotices(
  world: World,
  waba: Waba,
  { appId, appOnly }: Extract<Happening, { kind: 'signup-finished' }>,
): Notice[] {
  const app = world.apps.get(appId);
  if (!app) return [];
  if (appOnly) return [update.appInstalled(world, waba, { businessId: app.businessId, appId })];
  const businesses = new Set([app.businessId, ...partnersOf(world, waba.solutionId)]);
  return [...businesses].map((businessId) => update.partnerAdded(world, waba, businessId));
}

function solutionNotices(
  world: World,
  { solutionId, event }: Extract<Happening, { kind: 'solution-changed' }>,
): Notice[] {
  const solution = world.solutions.get(solutionId);
  if (!solution) return [];
  const told = { id: solution.id, status: announcedStatus(solution) };
  return partnersOf(world, solutionId).map((businessId) => value.solutionUpdate(businessId, told, event));
}

/** The businesses of a solution's two apps. */
function partnersOf(world: World, solutionId: string | null): string[] {
  const solution = solutionId === null ? undefined : world.solutions.get(solutionId);
  if (!solution) return [];
  const businesses = [solution.ownerAppId, solution.partnerAppId].flatMap(
    (appId) => world.apps.get(appId)?.businessId ?? [],
  );
  return [...new Set(businesses)];
}
