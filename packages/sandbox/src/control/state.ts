import type { Fault, Faults } from '../faults.ts';
import type { QueuedAnswer } from '../outcomes.ts';
import type { Deliveries, Delivery } from '../webhooks/deliver.ts';
import type { App, Code, Connection, SystemUser, Token } from '../world/access.ts';
import type { Business, Phone, PreverifiedNumber, Template, Waba } from '../world/assets.ts';
import type { Messaging } from '../world/messaging.ts';
import type {
  Allocation,
  CreditLine,
  MarketingRequest,
  MigrationIntent,
  Solution,
} from '../world/partnership.ts';
import type { World } from '../world/world.ts';
import { type Plain, plain, plainField } from './plain.ts';

/** Everything that the sandbox remembers. What ends in `At` is in milliseconds since 1970. */
export interface SandboxState {
  /** ISO 8601, by the sandbox's clock. */
  now: string;
  apps: Plain<App>[];
  /** Who can sign in to the dialog; `roles` by app id. */
  people: { id: string; name: string; roles: Record<string, string> }[];
  businesses: Plain<Business>[];
  systemUsers: Plain<SystemUser>[];
  wabas: Plain<Waba>[];
  phoneNumbers: Plain<Phone>[];
  templates: Plain<Template>[];
  preverifiedNumbers: Plain<PreverifiedNumber>[];
  creditLines: Plain<CreditLine>[];
  allocations: Plain<Allocation>[];
  solutions: Plain<Solution>[];
  connections: Plain<Connection>[];
  migrationIntents: Plain<MigrationIntent>[];
  marketingRequests: Plain<MarketingRequest>[];
  codes: Plain<Code>[];
  tokens: Plain<Token>[];
  messaging: Record<string, unknown>;
  /** The answers of the next dialogs. */
  next: readonly QueuedAnswer[];
  faults: readonly Fault[];
  webhooks: readonly Delivery[];
}

/** `GET /_sandbox/state`: the world as JSON. Nothing is left out; secrets are made up and stand here in full. */
export function describeState(world: World, faults: Faults, webhooks: Deliveries): SandboxState {
  return {
    now: new Date(world.clock.now()).toISOString(),
    apps: plain(world.apps.values()),
    people: describePeople(world),
    businesses: plain(world.businesses.values()),
    systemUsers: plain(world.systemUsers.values()),
    wabas: plain(world.wabas.values()),
    phoneNumbers: plain(world.phones.values()),
    templates: plain(world.templates.values()),
    preverifiedNumbers: plain(world.preverified.values()),
    creditLines: plain(world.creditLines.values()),
    allocations: plain(world.allocations.values()),
    solutions: plain(world.solutions.values()),
    connections: plain(world.connections.values()),
    migrationIntents: plain(world.migrationIntents.values()),
    marketingRequests: plain(world.marketingRequests.values()),
    codes: plain(world.codes.values()),
    tokens: plain(world.tokens.values()),
    messaging: describeMessaging(world.messaging),
    next: world.next,
    faults: faults.list,
    webhooks: webhooks.list,
  };
}

function describePeople(world: World): SandboxState['people'] {
  const apps = [...world.apps.values()];
  return [...world.people.values()].map((person) => ({
    ...person,
    roles: Object.fromEntries(
      apps.flatMap(({ id, roles }) => {
        const role = roles.get(person.id);
        return role ? [[id, role]] : [];
      }),
    ),
  }));
}

function describeMessaging(messaging: Messaging): Record<string, unknown> {
  return {
    flows: plain(messaging.flows.values()),
    groups: plain(messaging.groups.values()),
    // The bytes of a file say nothing that its size and hash do not.
    media: plain(
      [...messaging.media.values()].map(({ bytes, ...media }) => ({ ...media, size: bytes.length })),
    ),
    messages: plain(messaging.messages.values()),
    calls: plain(messaging.calls.values()),
    bots: plain(messaging.bots.values()),
    intents: plain(messaging.intents.values()),
    numbers: plainField(messaging.numbers),
    accounts: plainField(messaging.accounts),
  };
}
