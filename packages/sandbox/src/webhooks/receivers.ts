import type { App } from '../world/access.ts';
import type { World } from '../world/world.ts';
import { type Audience, isTraffic } from './notice.ts';

/** An address that gets a delivery, and the app whose secret signs it. */
export interface Receiver {
  appId: string;
  secret: string;
  url: string;
  /** Whose callback it is; `given`: the one who asked for the delivery named it. */
  level: 'phone' | 'account' | 'app' | 'given';
}

/** Who gets a webhook; where nobody does, `reason` says why in a sentence. */
export interface Resolution {
  receivers: Receiver[];
  reason: string | null;
}

/**
 * Meta: Webhooks › Override the callback URL: the number's callback before the account's, and that before the
 * app's; an app gets only the fields that it has, of the accounts that it subscribed to.
 */
export function findReceivers(world: World, field: string, audience: Audience): Resolution {
  const reasons: string[] = [];
  const receivers: Receiver[] = [];
  for (const app of appsOf(world, audience)) {
    const reason = refusal(world, app, field, audience);
    if (reason === null) receivers.push(receiverOf(world, app, field, audience));
    else reasons.push(reason);
  }
  if (receivers.length > 0) return { receivers, reason: null };
  return { receivers, reason: reasons.join(' ') || 'There is no app that it could go to.' };
}

function appsOf(world: World, audience: Audience): App[] {
  const apps = [...world.apps.values()];
  if (audience.of !== 'partner') return apps;
  return apps.filter(
    ({ id, businessId }) =>
      businessId === audience.businessId && (audience.appId === null || id === audience.appId),
  );
}

const objectName = 'whatsapp_business_account';

/** Why this app does not get it. */
function refusal(world: World, app: App, field: string, audience: Audience): string | null {
  const subscription = app.subscriptions.get(objectName);
  if (!subscription) return `App ${app.id} has no webhook subscription for ${objectName}.`;
  if (!subscription.fields.has(field)) {
    const fields = [...subscription.fields.keys()].join(', ') || 'none';
    return `App ${app.id} is not subscribed to the field ${field} (it has: ${fields}).`;
  }
  const permission = field === 'messages' ? 'whatsapp_business_messaging' : 'whatsapp_business_management';
  if (!app.permissions.has(permission)) return `App ${app.id} does not have the permission ${permission}.`;
  if (audience.of === 'account' && !world.wabas.get(audience.wabaId)?.subscriptions.has(app.id)) {
    return `App ${app.id} is not subscribed to the account ${audience.wabaId} (POST /${audience.wabaId}/subscribed_apps).`;
  }
  return null;
}

function receiverOf(world: World, app: App, field: string, audience: Audience): Receiver {
  const own = { appId: app.id, secret: app.secret };
  if (audience.of !== 'partner' && isTraffic(field)) {
    const phone = audience.phoneId === null ? undefined : world.phones.get(audience.phoneId);
    if (phone?.override) return { ...own, url: phone.override.callbackUrl, level: 'phone' };
    const waba = audience.wabaId === null ? undefined : world.wabas.get(audience.wabaId);
    const override = waba?.subscriptions.get(app.id)?.override;
    if (override) return { ...own, url: override.callbackUrl, level: 'account' };
  }
  return { ...own, url: app.subscriptions.get(objectName)?.callbackUrl ?? '', level: 'app' };
}
