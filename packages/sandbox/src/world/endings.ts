import type { Phone, Waba } from './assets.ts';
import type { Disconnection } from './happening.ts';
import type { World } from './world.ts';

/**
 * The customer takes its partners off an account: none of them sees it any more. Gives how many these were; where
 * there are none, nothing changes. Meta: Webhooks › account_update › PARTNER_REMOVED. With a `disconnection` it was
 * done in the WhatsApp Business app.
 */
export function removePartners(
  world: World,
  waba: Waba,
  disconnection: (Disconnection & { phoneId: string }) | null,
): number {
  const partners = [...world.businesses.values()].filter(({ clients }) => clients.has(waba));
  if (partners.length === 0) return 0;
  for (const partner of partners) {
    world.announce({ kind: 'partner-removed', wabaId: waba.id, businessId: partner.id, disconnection });
    partner.clients.remove(waba);
    for (const { id } of partner.systemUsers) waba.assigned.delete(id);
    for (const app of world.apps.values()) {
      if (app.businessId === partner.id) loseAccount(world, waba, app.id);
    }
  }
  const phone = disconnection && world.phones.get(disconnection.phoneId);
  if (phone) disconnect(phone);
  return partners.length;
}

/**
 * An app loses an account, and nothing else: its tokens live on without it. A code that nobody changed for a token
 * yet goes with the last account that it granted.
 */
function loseAccount(world: World, waba: Waba, appId: string): void {
  waba.subscriptions.delete(appId);
  for (const token of world.tokens.values()) {
    if (token.appId === appId && token.wabaIds !== 'all') token.wabaIds = without(token.wabaIds, waba);
  }
  for (const [text, code] of world.codes) {
    if (code.appId !== appId || code.usedAt !== null || !code.wabaIds.includes(waba.id)) continue;
    code.wabaIds = without(code.wabaIds, waba);
    if (code.wabaIds.length === 0) world.codes.delete(text);
  }
  const install = world.businesses.get(waba.businessId)?.installs.get(appId);
  if (install) install.wabaIds = without(install.wabaIds, waba);
}

const without = (wabaIds: readonly string[], waba: Waba): string[] => wabaIds.filter((id) => id !== waba.id);

/** An account is gone, with its numbers and templates. Meta: Webhooks › account_update › ACCOUNT_DELETED. */
export function deleteAccount(world: World, waba: Waba): void {
  world.announce({ kind: 'account-deleted', wabaId: waba.id });
  for (const app of world.apps.values()) loseAccount(world, waba, app.id);
  for (const business of world.businesses.values()) {
    business.clients.remove(waba);
    business.owned.remove(waba);
  }
  for (const { id } of waba.numbers) world.phones.delete(id);
  for (const { id } of waba.templates) world.templates.delete(id);
  world.wabas.delete(waba.id);
}

/**
 * A new phone, or the number registered anew: until the customer connects it again, nothing goes through it. Meta:
 * Webhooks › account_update › ACCOUNT_OFFBOARDED and ACCOUNT_RECONNECTED.
 */
export function offboard(world: World, waba: Waba): void {
  for (const phone of waba.numbers) if (phone.registered) disconnect(phone);
  world.announce({ kind: 'account-offboarded', wabaId: waba.id });
}

export function reconnect(world: World, waba: Waba): void {
  for (const phone of waba.numbers) {
    // A number that was moved to another account never comes back to this one.
    if (!phone.deregistered || phone.migratedTo !== null) continue;
    phone.registered = true;
    phone.deregistered = false;
  }
  world.announce({ kind: 'account-reconnected', wabaId: waba.id });
}

function disconnect(phone: Phone): void {
  phone.registered = false;
  phone.deregistered = true;
}
