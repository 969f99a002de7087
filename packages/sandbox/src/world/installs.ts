import type { App, Code, Token } from './access.ts';
import type { Business } from './assets.ts';
import { mayUse } from './may-use.ts';
import type { World } from './world.ts';

/**
 * An app that a business lets in, with its business integration system user: whose tokens the app's business
 * tokens are. Meta: Facebook Login for Business › Business integration system user access tokens.
 */
export interface Install {
  appId: string;
  userId: string;
  userName: string;
  /** Who went through the dialog last. */
  personId: string;
  /** What the last dialog granted: accounts, newest first, and permissions. */
  wabaIds: readonly string[];
  scopes: readonly string[];
  /** Life of its tokens in days, as the dialog's configuration says; null: they never expire. */
  tokenDays: number | null;
  /** The newest token, or null as long as nobody has fetched any since the last dialog. */
  token: string | null;
}

/**
 * A finished dialog: the business lets the app in, or grants it something else than before. Meta's cap on new
 * customers (10 in seven days, 200 after the reviews) is not kept: what the dialog shows then is documented nowhere.
 */
export function install(world: World, app: App, grant: Code): void {
  const business = world.businesses.get(grant.businessId);
  if (!business) return;
  business.installs.set(app.id, {
    appId: app.id,
    userId: business.installs.get(app.id)?.userId ?? world.newIdentity().id,
    userName: `${business.name} (business integration)`,
    personId: grant.personId,
    wabaIds: grant.wabaIds,
    scopes: grant.scopes,
    tokenDays: app.configurations.find(({ id }) => id === grant.configId)?.tokenDays ?? null,
    token: null,
  });
  app.installedBy.add(business);
}

/**
 * The business takes the app off: every token that the app holds of it dies, and every code that it holds. Gives
 * how many the tokens were.
 */
export function uninstall(world: World, app: App, business: Business): number {
  const installed = business.installs.get(app.id);
  if (!installed) return 0;
  business.installs.delete(app.id);
  app.installedBy.remove(business);
  for (const [text, code] of world.codes) {
    const isOf = code.appId === app.id && code.businessId === business.id;
    if (isOf && code.usedAt === null) world.codes.delete(text);
  }
  const isOf = ({ appId, userId }: Token) => appId === app.id && userId === installed.userId;
  const count = endTokens(world, isOf, 'app-removed');
  for (const wabaId of installed.wabaIds) {
    world.announce({ kind: 'app-uninstalled', wabaId, appId: app.id });
    world.wabas.get(wabaId)?.subscriptions.delete(app.id);
  }
  return count;
}

/** Ends every token that fits and still lives; gives how many these were. */
export function endTokens(
  world: World,
  fits: (token: Token) => boolean,
  ended: NonNullable<Token['ended']> | 'expired',
): number {
  const now = world.clock.now();
  let count = 0;
  for (const token of world.tokens.values()) {
    if (token.ended || (token.expiresAt !== null && token.expiresAt <= now) || !fits(token)) continue;
    count++;
    if (ended === 'expired') token.expiresAt = now;
    else token.ended = ended;
  }
  return count;
}

/**
 * Whether an app gets at what a business owns: its own business always, others where whoever signed up may use
 * the app. Meta: Graph API › Access levels: standard access ends at people with a role on the app.
 */
export function reaches(world: World, app: App, businessId: string): boolean {
  if (businessId === app.businessId) return true;
  const personId = world.businesses.get(businessId)?.installs.get(app.id)?.personId ?? '';
  return mayUse(app, personId) === 'yes';
}
