import { appName, fixedCredentials } from '../credentials.ts';
import { whatsappPermissions } from './access.ts';
import type { Business } from './assets.ts';
import { createOrdered } from './ordered.ts';
import type { World } from './world.ts';

/** The people who can sign in to the dialog; the first three are customers, without a role on the app. */
export const people = [
  { id: '400000000000101', name: 'Robin Okafor' },
  { id: '400000000000102', name: 'Mara Lindqvist' },
  { id: '400000000000103', name: 'Teo Marchetti' },
  { id: '400000000000104', name: 'Ines Vidal', role: 'administrator' },
] as const;

/** What stands ready in every fresh sandbox: the partner, its app, its system user and its credit line. */
export function seed(world: World): void {
  const { appId, appSecret, configId, businessId, systemUserId, systemUserToken, creditLineId } =
    fixedCredentials;
  const business = createBusiness(world, 'Sandbox Partner', businessId);
  business.verification = 'verified';
  for (const { id, name } of people) world.people.set(id, { id, name });
  const { order } = world.newIdentity();
  world.apps.set(appId, {
    id: appId,
    order,
    name: appName,
    secret: appSecret,
    businessId,
    mode: 'live',
    accessLevel: 'advanced',
    permissions: new Set([...whatsappPermissions, 'business_management']),
    roles: new Map(people.flatMap((person) => ('role' in person ? [[person.id, person.role]] : []))),
    requiresProof: false,
    configurations: [
      {
        id: configId,
        name: 'WhatsApp Embedded Signup',
        version: 'v4',
        tokenDays: null,
        permissions: whatsappPermissions,
      },
      {
        id: fixedCredentials.legacyConfigId,
        name: 'WhatsApp Embedded Signup Configuration With 60 Expiration Token',
        version: 'v2',
        tokenDays: 60,
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
    name: 'Sandbox System User',
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
  world.creditLines.set(creditLineId, {
    ...world.newIdentity(),
    id: creditLineId,
    businessId,
    legalEntityName: 'Sandbox Partner Inc.',
    termsAccepted: true,
    isAvailable: true,
    allocations: createOrdered(),
  });
}

/** A business portfolio without anything in it. */
export function createBusiness(world: World, name: string, id?: string): Business {
  const identity = world.newIdentity();
  const business: Business = {
    ...identity,
    id: id ?? identity.id,
    name,
    verification: 'not_verified',
    createdAt: world.clock.now(),
    owned: createOrdered(),
    clients: createOrdered(),
    systemUsers: createOrdered(),
    installs: new Map(),
    preverified: createOrdered(),
  };
  world.businesses.set(business.id, business);
  return business;
}
