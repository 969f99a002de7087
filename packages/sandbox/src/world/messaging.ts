import type { AccountState, Flow, MobilityIntent } from './account-extras.ts';
import type { Bot, Group, Media, NumberState, PhoneCall, SentMessage } from './number-extras.ts';
import { createOrdered } from './ordered.ts';

/** All that is no onboarding: messages, groups, Flows and their like. Objects by id. */
export interface Messaging {
  readonly flows: Map<string, Flow>;
  readonly groups: Map<string, Group>;
  readonly media: Map<string, Media>;
  readonly messages: Map<string, SentMessage>;
  readonly calls: Map<string, PhoneCall>;
  readonly bots: Map<string, Bot>;
  readonly intents: Map<string, MobilityIntent>;
  readonly numbers: Map<string, NumberState>;
  readonly accounts: Map<string, AccountState>;
  number(phoneId: string): NumberState;
  account(wabaId: string): AccountState;
  clear(): void;
}

export function createMessaging(): Messaging {
  const collections = {
    flows: new Map(),
    groups: new Map(),
    media: new Map(),
    messages: new Map(),
    calls: new Map(),
    bots: new Map(),
    intents: new Map(),
    numbers: new Map<string, NumberState>(),
    accounts: new Map<string, AccountState>(),
  };
  return {
    ...collections,
    number: (phoneId) =>
      getOrMake(collections.numbers, phoneId, () => ({
        groups: createOrdered(),
        qrCodes: createOrdered(),
        messages: createOrdered(),
        callPermissions: new Map(),
        bot: null,
        officialAccount: null,
        compliance: null,
        commerce: { hasCart: true, showsCatalog: false },
        flowKey: null,
        payloadKey: null,
      })),
    account: (wabaId) =>
      getOrMake(collections.accounts, wabaId, () => ({
        flows: createOrdered(),
        intents: createOrdered(),
        schedules: createOrdered(),
        activities: createOrdered(),
      })),
    clear() {
      for (const collection of Object.values(collections)) collection.clear();
    },
  };
}

function getOrMake<T>(map: Map<string, T>, key: string, make: () => T): T {
  const known = map.get(key);
  if (known) return known;
  const made = make();
  map.set(key, made);
  return made;
}
