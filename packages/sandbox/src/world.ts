import { fixedCredentials } from './credentials.ts';
import type { QueuedAnswer } from './outcomes.ts';
import type { Random } from './random.ts';

/** A customer's business portfolio. */
export interface Business {
  id: string;
  name: string;
}

/** A WhatsApp Business Account. */
export interface Waba {
  id: string;
  name: string;
  businessId: string;
  currency: string;
  timezoneId: string;
  country: string;
  templateNamespace: string;
  /** Whether a payment method stands behind it. */
  funded: boolean;
  /** Milliseconds since 1970, as everything that ends in `At` here. */
  createdAt: number;
  /** Ids of the apps that get its webhooks. */
  subscribedApps: Set<string>;
}

/** A business phone number. */
export interface Phone {
  id: string;
  wabaId: string;
  /** As Meta prints it: `+1 415-555-0134`. */
  displayNumber: string;
  verifiedName: string;
  verified: boolean;
  registered: boolean;
  /** The two-step verification PIN; null: none was ever set. */
  pin: string | null;
  onboardedAt: number;
  /** When `register` was called, for the limit of ten in 72 hours. */
  registrations: number[];
}

/** A one-time code that a finished dialog handed out. */
export interface Code {
  code: string;
  appId: string;
  wabaId: string;
  businessId: string;
  issuedAt: number;
  usedAt: number | null;
}

/** An access token and what it may see. */
export interface Token {
  token: string;
  /** `business`: from a code. `system`: the partner's own. `user`: what a person's browser session gives. */
  kind: 'business' | 'system' | 'user';
  userId: string;
  userName: string;
  /** The customer's portfolio; for the system user the partner's own. */
  businessId: string;
  /** The accounts it was granted; `all`: every account that was shared with the partner. */
  wabaIds: readonly string[] | 'all';
  issuedAt: number;
}

/** The sandbox's own time: everything that expires follows it. */
export interface Clock {
  /** Milliseconds since 1970. */
  now(): number;
  advance(ms: number): void;
}

/** All that the sandbox remembers. */
export interface World {
  readonly clock: Clock;
  readonly random: Random;
  readonly businesses: Map<string, Business>;
  readonly wabas: Map<string, Waba>;
  readonly phones: Map<string, Phone>;
  readonly codes: Map<string, Code>;
  readonly tokens: Map<string, Token>;
  /** People whose browser is connected to the app, by id. */
  readonly connectedUsers: Set<string>;
  /** When each account was called by an app, for the usage headers. */
  readonly calls: Map<string, number[]>;
  /** What the next dialogs answer by themselves. */
  readonly next: QueuedAnswer[];
  /** Start over: nothing signed up, the clock where it began. */
  reset(): void;
}

export function createWorld(options: { now: () => number; random: Random }): World {
  let ahead = 0;
  const world: World = {
    clock: {
      now: () => options.now() + ahead,
      advance: (ms) => {
        ahead += ms;
      },
    },
    random: options.random,
    businesses: new Map(),
    wabas: new Map(),
    phones: new Map(),
    codes: new Map(),
    tokens: new Map(),
    connectedUsers: new Set(),
    calls: new Map(),
    next: [],
    reset() {
      ahead = 0;
      for (const part of [
        world.businesses,
        world.wabas,
        world.phones,
        world.codes,
        world.tokens,
        world.calls,
      ]) {
        part.clear();
      }
      world.connectedUsers.clear();
      world.next.length = 0;
      seed(world);
    },
  };
  seed(world);
  return world;
}

function seed(world: World): void {
  const { businessId, systemUserId, systemUserToken } = fixedCredentials;
  world.businesses.set(businessId, { id: businessId, name: 'Sandbox Partner' });
  world.tokens.set(systemUserToken, {
    token: systemUserToken,
    kind: 'system',
    userId: systemUserId,
    userName: 'Sandbox System User',
    businessId,
    wabaIds: 'all',
    issuedAt: world.clock.now(),
  });
}
