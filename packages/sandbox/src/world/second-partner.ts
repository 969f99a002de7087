import { secondPartner } from '../credentials.ts';
import { whatsappPermissions } from './access.ts';
import { createOrdered } from './ordered.ts';
import { createBusiness } from './seed.ts';
import type { World } from './world.ts';

/** The other side of a Multi-Partner Solution: a Tech Provider, which has no credit line. */
export function seedSecondPartner(world: World): void {
  const { appId, appSecret, configId, systemUserId, businessId, systemUserToken } = secondPartner;
  const business = createBusiness(world, 'Second Partner', businessId);
  business.verification = 'verified';
  world.apps.set(appId, {
    ...world.newIdentity(),
    id: appId,
    name: 'Second Partner App',
    secret: appSecret,
    businessId,
    mode: 'live',
    accessLevel: 'advanced',
    permissions: new Set([...whatsappPermissions, 'business_management']),
    roles: new Map(),
    requiresProof: false,
    configurations: [
      {
        id: configId,
        name: 'WhatsApp Embedded Signup',
        version: 'v4',
        tokenDays: null,
        permissions: whatsappPermissions,
      },
    ],
    subscriptions: new Map(),
    installedBy: createOrdered(),
    domains: ['localhost'],
    dailyUsers: 1000,
  });
  const systemUser = {
    ...world.newIdentity(),
    id: systemUserId,
    name: 'Second System User',
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
    scopes: [...whatsappPermissions, 'business_management'],
    wabaIds: 'all',
    issuedAt: world.clock.now(),
    expiresAt: null,
    ended: null,
  });
}
