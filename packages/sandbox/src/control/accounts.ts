import { Hono } from 'hono';
import { decideTemplate, type TemplateDecision } from '../graph/account/template-review.ts';
import { decideName, type NameDecision, requestName } from '../graph/number/display-name.ts';
import type { Phone, Template, Waba } from '../world/assets.ts';
import { deleteAccount, offboard, reconnect, removePartners } from '../world/endings.ts';
import { fundingAllocation } from '../world/funding.ts';
import type { QualityEvent } from '../world/happening.ts';
import { uninstall } from '../world/installs.ts';
import type { World } from '../world/world.ts';
import { type AccountRequest, accountInput } from './account-input.ts';
import { invalidInput } from './input-error.ts';
import { takes } from './takes.ts';

/** `/accounts`: what Meta or the customer does to an account. It changes the world, and causes the webhooks. */
export function createAccountControl(world: World): Hono {
  const routes = new Hono();
  routes.post(
    '/accounts',
    takes(accountInput, (request) => {
      const waba = world.wabas.get(request.wabaId);
      if (!waba) throw invalidInput('wabaId', '"wabaId" is no account of this sandbox.');
      if (request.phoneNumberId !== undefined) numberOf(world, waba, request);
      acts[request.happens](world, waba, request);
      return { wabaId: waba.id, happens: request.happens };
    }),
  );
  return routes;
}

type Act = (world: World, waba: Waba, request: AccountRequest) => void;

const acts: Readonly<Record<AccountRequest['happens'], Act>> = {
  banned: (world, waba) => ban(world, waba, 'DISABLE'),
  'scheduled-ban': (world, waba) => ban(world, waba, 'SCHEDULE_FOR_DISABLE'),
  reinstated: (world, waba) => ban(world, waba, 'REINSTATE'),
  restricted: restrict,
  violation: (world, waba, { violation }) =>
    world.announce({ kind: 'account-violation', wabaId: waba.id, type: violation }),
  reviewed: review,
  offboarded: leave,
  reconnected: reconnect,
  removed: remove,
  uninstalled: uninstallApps,
  deleted: deleteAccount,
  'name-approved': reviewName('APPROVED'),
  'name-rejected': reviewName('REJECTED'),
  'name-deferred': reviewName('DEFERRED'),
  'quality-flagged': rate('RED', 'FLAGGED', 'TIER_250'),
  'quality-unflagged': rate('GREEN', 'UNFLAGGED', 'TIER_250'),
  'throughput-upgraded': rate('GREEN', 'THROUGHPUT_UPGRADE', 'TIER_UNLIMITED'),
  'pin-changed': (world, waba, request) => {
    if (request.pin === undefined) throw invalidInput('pin', '"pin" is missing.');
    const phone = numberOf(world, waba, request);
    phone.pin = request.pin;
    world.announce({ kind: 'pin-changed', phoneId: phone.id });
  },
  'pin-reset-requested': (world, waba, request) => {
    const phone = numberOf(world, waba, request);
    world.announce({ kind: 'pin-reset', phoneId: phone.id, stage: 'requested' });
  },
  'pin-reset': (world, waba, request) => {
    const phone = numberOf(world, waba, request);
    phone.pin = null;
    world.announce({ kind: 'pin-reset', phoneId: phone.id, stage: 'done' });
  },
  'template-approved': turnTemplate('APPROVED'),
  'template-rejected': turnTemplate('REJECTED'),
  'template-paused': turnTemplate('PAUSED'),
  'template-disabled': turnTemplate('DISABLED'),
  'payment-added': (world, waba) => {
    waba.fundingId ??= world.newIdentity().id;
  },
  'payment-removed': (world, waba) => {
    // A share of a credit line is the partner's to end.
    if (!fundingAllocation(world, waba)) waba.fundingId = null;
  },
};

/** The named number, or the account's newest. */
function numberOf(world: World, waba: Waba, { phoneNumberId }: AccountRequest): Phone {
  const phone =
    phoneNumberId === undefined ? waba.numbers.at(waba.numbers.size - 1) : world.phones.get(phoneNumberId);
  if (phone?.wabaId === waba.id) return phone;
  throw invalidInput('phoneNumberId', `"phoneNumberId" must be a number of the account ${waba.id}.`);
}

function turnTemplate(decision: TemplateDecision): Act {
  return (world, waba, request) => decideTemplate(world, templateOf(world, waba, request), decision);
}

/** The named template, or the account's newest. */
function templateOf(world: World, waba: Waba, { templateId }: AccountRequest): Template {
  const template =
    templateId === undefined ? waba.templates.at(waba.templates.size - 1) : world.templates.get(templateId);
  if (template?.wabaId === waba.id) return template;
  throw invalidInput('templateId', `"templateId" must be a template of the account ${waba.id}.`);
}

function ban(world: World, waba: Waba, state: 'DISABLE' | 'REINSTATE' | 'SCHEDULE_FOR_DISABLE'): void {
  waba.banState = state === 'REINSTATE' ? 'NONE' : state;
  world.announce({ kind: 'account-ban', wabaId: waba.id, state });
}

function restrict(world: World, waba: Waba, { restrictions: types, forMs }: AccountRequest): void {
  const restrictions = types.map((type) => ({ type, expiresAt: world.clock.now() + forMs }));
  waba.restrictions.push(...restrictions);
  world.announce({ kind: 'account-restricted', wabaId: waba.id, restrictions });
}

function review(world: World, waba: Waba, { decision }: AccountRequest): void {
  waba.reviewStatus = decision === 'DEFERRED' ? 'PENDING' : decision;
  world.announce({ kind: 'account-reviewed', wabaId: waba.id, decision });
}

function leave(world: World, waba: Waba, { reconnectAfterMs }: AccountRequest): void {
  offboard(world, waba);
  if (reconnectAfterMs === undefined) return;
  world.clock.schedule(world.clock.now() + reconnectAfterMs, () => reconnect(world, waba));
}

/** A number on the WhatsApp Business app is let go of there, and Meta says why; others are in Meta's settings. */
function remove(world: World, waba: Waba, request: AccountRequest): void {
  const named = request.phoneNumberId === undefined ? undefined : numberOf(world, waba, request);
  const phone = named ?? [...waba.numbers].findLast(({ onBusinessApp }) => onBusinessApp);
  if (request.reason !== undefined && !phone?.onBusinessApp) {
    throw invalidInput('reason', '"reason" is only for a number on the WhatsApp Business app.');
  }
  const { reason = 'ACCOUNT_DISCONNECTED', initiatedBy = 'USER' } = request;
  const disconnection = phone?.onBusinessApp ? { reason, initiatedBy, phoneId: phone.id } : null;
  if (removePartners(world, waba, disconnection) === 0) {
    throw invalidInput('wabaId', '"wabaId" is shared with no partner.');
  }
}

function uninstallApps(world: World, waba: Waba, { appId }: AccountRequest): void {
  const business = world.businesses.get(waba.businessId);
  const apps = [...(business?.installs.keys() ?? [])].filter((id) => appId === undefined || id === appId);
  if (!business || apps.length === 0) {
    throw invalidInput(
      appId === undefined ? 'wabaId' : 'appId',
      `The business of the account ${waba.id} lets no such app in.`,
    );
  }
  for (const id of apps) {
    const app = world.apps.get(id);
    if (app) uninstall(world, app, business);
  }
}

/** The name that is given or waits for review; where none does, the present one is reviewed again. */
function reviewName(decision: NameDecision): Act {
  return (world, waba, request) => {
    const phone = numberOf(world, waba, request);
    if (request.name !== undefined) requestName(world, phone, request.name);
    if (decideName(world, phone, decision)) return;
    requestName(world, phone, phone.verifiedName);
    decideName(world, phone, decision);
  };
}

function rate(rating: Phone['quality'], event: QualityEvent, limit: string): Act {
  return (world, waba, request) => {
    const phone = numberOf(world, waba, request);
    phone.quality = rating;
    world.announce({ kind: 'number-quality', phoneId: phone.id, event, limit });
  };
}
