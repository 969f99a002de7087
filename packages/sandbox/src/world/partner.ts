import { type App, type Configuration, whatsappPermissions } from './access.ts';
import { createBusiness } from './make.ts';
import { createOrdered } from './ordered.ts';
import type { World } from './world.ts';

/** A partner of Meta's, as it stands ready in every sandbox. */
export interface Partner {
  ids: {
    appId: string;
    appSecret: string;
    businessId: string;
    systemUserId: string;
    systemUserToken: string;
  };
  /** Of the portfolio, of the app, and of the system user. */
  names: { business: string; app: string; systemUser: string };
  configurations: Configuration[];
  roles?: App['roles'];
}

/** A verified business with a live app that App Review approved, and a system user with a token that never ends. */
export function seedPartner(world: World, { ids, names, configurations, roles = new Map() }: Partner): void {
  const { appId, appSecret, businessId, systemUserId, systemUserToken } = ids;
  const permissions = [...whatsappPermissions, 'business_management'];
  const business = createBusiness(world, names.business, businessId);
  business.verification = 'verified';
  world.apps.set(appId, {
    ...world.newIdentity(),
    id: appId,
    name: names.app,
    secret: appSecret,
    businessId,
    mode: 'live',
    accessLevel: 'advanced',
    permissions: new Set(permissions),
    roles,
    requiresProof: false,
    configurations,
    subscriptions: new Map(),
    installedBy: createOrdered(),
    dailyUsers: 1000,
  });
  const systemUser = {
    ...world.newIdentity(),
    id: systemUserId,
    name: names.systemUser,
    businessId,
    role: 'ADMIN' as const,
    isFinanceEditor: false,
  };
  world.systemUsers.set(systemUserId, systemUser);
  business.systemUsers.add(systemUser);
  world.tokens.set(systemUserToken, {
    token: systemUserToken,
    appId,
    kind: 'system',
    userId: systemUserId,
    userName: systemUser.name,
    businessId,
    scopes: permissions,
    wabaIds: 'all',
    issuedAt: world.clock.now(),
    expiresAt: null,
    ended: null,
  });
}

/** Whether an app belongs to this portfolio. */
export const isPartner = (world: World, businessId: string): boolean =>
  [...world.apps.values()].some((app) => app.businessId === businessId);
