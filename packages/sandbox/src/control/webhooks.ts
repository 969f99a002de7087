import { Hono } from 'hono';
import { fixedCredentials } from '../credentials.ts';
import type { Deliveries, Delivery, Sending } from '../webhooks/deliver.ts';
import { payloadOf } from '../webhooks/notice.ts';
import { findReceivers, type Resolution } from '../webhooks/receivers.ts';
import { serialise } from '../webhooks/sign.ts';
import type { App } from '../world/access.ts';
import type { World } from '../world/world.ts';
import { invalidInput } from './input-error.ts';
import { takes } from './takes.ts';
import { type WebhookRequest, webhookInput } from './webhook-input.ts';
import { requestedNotice } from './webhook-notice.ts';

/** `/webhooks`: what was delivered, and deliveries that a test asks for, right or wrong. */
export function createWebhookControl(world: World, webhooks: Deliveries): Hono {
  const routes = new Hono();
  routes.get('/webhooks', (context) => context.json(webhooks.list));
  routes.post(
    '/webhooks',
    takes(webhookInput, async ({ deliveries: several, reorder, ...single }) => {
      if (several && (single.field !== undefined || single.raw !== undefined)) {
        throw invalidInput('deliveries', '"deliveries" must stand alone, without "field" and "raw".');
      }
      const requests = several ?? [single];
      // All of them are read before the first goes out: bad input sends nothing.
      const sendings = requests.flatMap((request, index) => {
        const sending = sendingOf(world, request, several ? `deliveries.${index}.` : '');
        return Array.from({ length: 1 + request.duplicates }, () => sending);
      });
      if (reorder) sendings.reverse();
      const sent: Delivery[] = [];
      for (const sending of sendings) sent.push(...(await webhooks.send(sending)));
      const notes = new Set(sent.flatMap(({ note }) => note ?? []));
      return {
        deliveries: sent.filter(({ url }) => url !== null).map(describe),
        ...(notes.size > 0 ? { note: [...notes].join(' ') } : {}),
      };
    }),
  );
  return routes;
}

/** `at` is where the request stands in the body, for what is wrong in it. */
function sendingOf(world: World, request: WebhookRequest, at: string): Sending {
  const { field, raw, signature } = request;
  if (raw !== undefined) {
    const body = typeof raw === 'string' ? raw : serialise(raw);
    return { field: field ?? null, body, signature, ...rawReceivers(world, request, at) };
  }
  if (field === undefined) throw invalidInput(`${at}field`, `"${at}field" is missing.`);
  const notice = requestedNotice(world, { ...request, field }, at);
  return {
    field,
    body: serialise(payloadOf(world, notice)),
    signature,
    ...(given(world, request, at) ?? findReceivers(world, field, notice.audience)),
  };
}

/** Bytes without a field go wherever there is a callback; those with one wherever the field goes. */
function rawReceivers(world: World, request: WebhookRequest, at: string): Resolution {
  const { field, wabaId = null, phoneNumberId = null } = request;
  const named = given(world, request, at);
  if (named) return named;
  if (field !== undefined) {
    const audience =
      wabaId !== null && world.wabas.has(wabaId)
        ? ({ of: 'account', wabaId, phoneId: phoneNumberId } as const)
        : ({ of: 'everyone', wabaId, phoneId: phoneNumberId } as const);
    return findReceivers(world, field, audience);
  }
  const receivers = [...world.apps.values()].flatMap(({ id, secret, subscriptions }) =>
    [...subscriptions.values()].map(({ callbackUrl: url }) => ({
      appId: id,
      secret,
      url,
      level: 'app' as const,
    })),
  );
  return { receivers, reason: receivers.length > 0 ? null : 'No app has a webhook subscription.' };
}

/** The address that the request names. */
function given(world: World, { url, appId }: WebhookRequest, at: string): Resolution | null {
  if (url === undefined) return null;
  const { id, secret } = appOf(world, appId, at);
  return { receivers: [{ appId: id, secret, url, level: 'given' }], reason: null };
}

export function appOf(world: World, appId: string = fixedCredentials.appId, at = ''): App {
  const app = world.apps.get(appId);
  if (!app) throw invalidInput(`${at}appId`, `"${at}appId" is no app of this sandbox.`);
  return app;
}

/** A delivery by its first attempt. */
function describe({ attempts, ...delivery }: Delivery) {
  const [first] = attempts;
  return { ...delivery, status: first?.status ?? null, ...(first?.error ? { error: first.error } : {}) };
}
