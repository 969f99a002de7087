import type { Business, Phone, Waba } from './assets.ts';
import { createOrdered } from './ordered.ts';
import { uniqueText } from './unique-text.ts';
import type { World } from './world.ts';

/** An account without numbers, owned by `business` and shared with nobody. */
export function createWaba(
  world: World,
  business: Business,
  options: { name: string; funded?: boolean },
): Waba {
  const waba: Waba = {
    ...world.newIdentity(),
    name: options.name,
    businessId: business.id,
    currency: 'USD',
    timezoneId: '1',
    country: 'US',
    templateNamespace: uniqueText(world, 32).toLowerCase(),
    reviewStatus: 'APPROVED',
    banState: 'NONE',
    fundingId: options.funded ? world.newIdentity().id : null,
    access: 'shared',
    solutionId: null,
    restrictions: [],
    createdAt: world.clock.now(),
    numbers: createOrdered(),
    templates: createOrdered(),
    deletedTemplates: new Map(),
    subscriptions: new Map(),
    assigned: new Map(),
  };
  world.wabas.set(waba.id, waba);
  business.owned.add(waba);
  return waba;
}

/** A number of an account, neither registered nor on the WhatsApp Business app. */
export function createPhone(
  world: World,
  waba: Waba,
  options: { displayNumber: string; verifiedName: string; verified: boolean },
): Phone {
  const now = world.clock.now();
  const { displayNumber, verifiedName, verified } = options;
  const phone: Phone = {
    ...world.newIdentity(),
    wabaId: waba.id,
    displayNumber,
    verifiedName,
    verifiedAt: verified ? now : null,
    registered: false,
    deregistered: false,
    migratesFrom: null,
    migratedTo: null,
    pin: null,
    wrongPins: [],
    onboardedAt: now,
    createdAt: now,
    registrations: [],
    sentCode: null,
    codeRequests: [],
    nameStatus: 'AVAILABLE_WITHOUT_REVIEW',
    newName: null,
    quality: 'UNKNOWN',
    onBusinessApp: false,
    sync: { contactsAt: null, historyAt: null, historyDeclined: false },
    dataRegion: null,
    profile: {},
    settings: {},
    username: null,
    searchable: false,
    blockedUsers: new Set(),
    override: null,
  };
  world.phones.set(phone.id, phone);
  waba.numbers.add(phone);
  return phone;
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
