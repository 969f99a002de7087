import type { QueuedAnswer } from '../outcomes.ts';
import { type Random, randomDigits } from '../random.ts';
import type { App, Code, Connection, Person, SystemUser, Token } from './access.ts';
import type { Business, Phone, PreverifiedNumber, Template, Waba } from './assets.ts';
import { type Clock, createClock } from './clock.ts';
import type { Happening } from './happening.ts';
import { createMessaging, type Messaging } from './messaging.ts';
import type { Allocation, CreditLine, MarketingRequest, MigrationIntent, Solution } from './partnership.ts';
import { seed } from './seed.ts';

/** All that the sandbox remembers. Objects by id, but codes and tokens by their text. */
export interface World {
  readonly clock: Clock;
  readonly random: Random;
  readonly apps: Map<string, App>;
  readonly people: Map<string, Person>;
  readonly businesses: Map<string, Business>;
  readonly systemUsers: Map<string, SystemUser>;
  readonly wabas: Map<string, Waba>;
  readonly phones: Map<string, Phone>;
  readonly templates: Map<string, Template>;
  readonly preverified: Map<string, PreverifiedNumber>;
  readonly creditLines: Map<string, CreditLine>;
  readonly allocations: Map<string, Allocation>;
  readonly solutions: Map<string, Solution>;
  readonly migrationIntents: Map<string, MigrationIntent>;
  readonly marketingRequests: Map<string, MarketingRequest>;
  readonly codes: Map<string, Code>;
  readonly tokens: Map<string, Token>;
  /** People whose browser is connected to an app, by app-scoped id. */
  readonly connections: Map<string, Connection>;
  readonly messaging: Messaging;
  /** When each app called what it may not call too often, in the last hour. */
  readonly calls: Map<string, number[]>;
  /** What the next dialogs answer by themselves. */
  readonly next: QueuedAnswer[];
  /** An id that nothing has, and its place in the order of everything made. */
  newIdentity(): { id: string; order: number };
  /** Tells those who listen. */
  announce(happening: Happening): void;
  onHappening(listener: (happening: Happening) => void): void;
  /** Start over: nothing signed up, the clock where it began. */
  reset(): void;
}

export function createWorld(options: { now: () => number; random: Random; patienceMs?: number }): World {
  const { random } = options;
  const listeners: ((happening: Happening) => void)[] = [];
  let made = 0;
  const collections = {
    apps: new Map(),
    people: new Map(),
    businesses: new Map(),
    systemUsers: new Map(),
    wabas: new Map(),
    phones: new Map(),
    templates: new Map(),
    preverified: new Map(),
    creditLines: new Map(),
    allocations: new Map(),
    solutions: new Map(),
    migrationIntents: new Map(),
    marketingRequests: new Map(),
    codes: new Map(),
    tokens: new Map(),
    connections: new Map(),
    messaging: createMessaging(),
    calls: new Map(),
  };
  const world: World = {
    ...collections,
    clock: createClock(options.now, options.patienceMs),
    random,
    next: [],
    newIdentity() {
      made += 1;
      // Digits as Meta's ids are; the count makes them differ even where the randomness does not.
      return { id: `${randomDigits(random, 9)}${String(made).padStart(6, '0')}`, order: made };
    },
    announce(happening) {
      for (const listener of listeners) listener(happening);
    },
    onHappening(listener) {
      listeners.push(listener);
    },
    reset() {
      world.clock.reset();
      for (const collection of Object.values(collections)) collection.clear();
      world.next.length = 0;
      made = 0;
      seed(world);
    },
  };
  seed(world);
  return world;
}
