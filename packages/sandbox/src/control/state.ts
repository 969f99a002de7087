import type { Faults } from '../faults.ts';
import type { Deliveries } from '../webhooks/deliver.ts';
import type { Messaging } from '../world/messaging.ts';
import type { World } from '../world/world.ts';

/** `GET /_sandbox/state`: the world as JSON. Nothing is left out; secrets are made up and stand here in full. */
export function describeState(world: World, faults: Faults, webhooks: Deliveries): Record<string, unknown> {
  return {
    now: new Date(world.clock.now()).toISOString(),
    apps: plain(world.apps.values()),
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

/** Maps become objects, sets lists, and lists of objects the ids of these. */
function plain(values: Iterable<object>): unknown[] {
  return [...values].map(plainFields);
}

/** One object of the world as JSON. */
export function plainFields(value: object): Record<string, unknown> {
  return Object.fromEntries(Object.entries(value).map(([name, field]) => [name, plainField(field)]));
}

function plainField(field: unknown): unknown {
  if (field instanceof Map) {
    return Object.fromEntries([...field].map(([key, value]) => [key, plainField(value)]));
  }
  if (field instanceof Set) return [...field];
  if (typeof field !== 'object' || field === null || Array.isArray(field)) return field;
  if (Symbol.iterator in field) return [...(field as Iterable<{ id: string }>)].map(({ id }) => id);
  return Object.fromEntries(Object.entries(field).map(([name, value]) => [name, plainField(value)]));
}
