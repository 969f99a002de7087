import { createOrdered, type Listed, type Ordered } from './ordered.ts';

/** A WhatsApp Flow. Meta: WhatsApp Flows › Lifecycle of a Flow. */
export interface Flow extends Listed {
  wabaId: string;
  /** The app that made it. */
  appId: string;
  name: string;
  categories: string[];
  status: 'DRAFT' | 'PUBLISHED' | 'DEPRECATED';
  endpointUri: string | null;
  /** Its Flow JSON, as it was uploaded. */
  json: string;
}

/** A group that a number opened. Meta: Cloud API › Groups. */
export interface Group extends Listed {
  phoneId: string;
  subject: string;
  description: string;
  approval: 'approval_required' | 'auto_approve';
  /** The last part of the invite link; null: there is none. */
  inviteCode: string | null;
  /** WhatsApp ids of the people in it, the business aside. */
  participants: Set<string>;
  joinRequests: Ordered<JoinRequest>;
  /** SHA-256 of its picture, in hex; null: it has none. */
  picture: string | null;
  /** Milliseconds since 1970, as everything that ends in `At` here. */
  createdAt: number;
}

/** Someone who waits to be let into a group. */
export interface JoinRequest extends Listed {
  waId: string;
  createdAt: number;
}

/** An uploaded file. Meta: Cloud API › Media. */
export interface Media extends Listed {
  phoneId: string;
  mimeType: string;
  /** In hex. */
  sha256: string;
  bytes: Uint8Array;
  createdAt: number;
}

/** A QR code with a message to begin with. Meta: WhatsApp Business Management API › QR codes. */
export interface QrCode extends Listed {
  phoneId: string;
  code: string;
  message: string;
  createdAt: number;
}

/** A message that a number sent. */
export interface SentMessage extends Listed {
  phoneId: string;
  appId: string;
  /** `wamid.…` */
  messageId: string;
  /** A WhatsApp id, or the id of a group. */
  to: string;
  type: string;
  /** What stood under the type's own name. */
  content: unknown;
  events: Ordered<MessageEvent>;
}

/** What became of a message. */
export interface MessageEvent extends Listed {
  status: 'SENT' | 'DELIVERED' | 'READ' | 'FAILED';
  /** Why it failed. */
  error: string | null;
  at: number;
}

/** A call from a number to someone. */
export interface PhoneCall {
  /** `wacid.…` */
  id: string;
  phoneId: string;
  to: string;
  startedAt: number;
  endedAt: number | null;
}

/** May a number call someone? Meta: Cloud API › Calling › Obtain user call permissions. */
export interface CallPermission {
  /** When the person was asked. */
  requests: number[];
  granted: 'no' | 'temporary' | 'permanent';
  /** When a temporary one ends. */
  expiresAt: number | null;
}

/** What a number says by itself to whoever opens a chat. Meta: Cloud API › Conversational components. */
export interface Bot extends Listed {
  phoneId: string;
  welcomes: boolean;
  prompts: string[];
  commands: { command_name: string; command_description: string }[];
}

/** The wish to be an Official Business Account. Meta: Official Business Accounts. */
export interface OfficialAccountRequest {
  status: 'PENDING' | 'CANCELLED';
  message: string;
}

/** What belongs to one number. */
export interface NumberState {
  groups: Ordered<Group>;
  qrCodes: Ordered<QrCode>;
  messages: Ordered<SentMessage>;
  /** By WhatsApp id. */
  callPermissions: Map<string, CallPermission>;
  bot: Bot | null;
  officialAccount: OfficialAccountRequest | null;
  /** As it was given, or null as long as nothing was. Meta: Cloud API › Business compliance. */
  compliance: Record<string, unknown> | null;
  commerce: { hasCart: boolean; showsCatalog: boolean };
  /** The RSA key that Flows are encrypted with, as PEM. */
  flowKey: string | null;
  /** The private half of the key that encrypted messages come under, as PEM; null: nobody asked for it yet. */
  payloadKey: string | null;
}

/** A time plan of an account. */
export interface Schedule extends Listed {
  /** As it was given. */
  details: { name: string; schedule_type: string } & Record<string, unknown>;
  isActive: boolean;
  createdAt: number;
}

/** A line of an account's log. */
export interface Activity extends Listed {
  type: string;
  description: string;
  at: number;
}

/** What belongs to one account. */
export interface AccountState {
  flows: Ordered<Flow>;
  intents: Ordered<MobilityIntent>;
  schedules: Ordered<Schedule>;
  activities: Ordered<Activity>;
}

/** A wish to move an account into a solution. Meta: WhatsApp Business Account OBO Mobility Intent API. */
export interface MobilityIntent extends Listed {
  wabaId: string;
  solutionId: string;
  status: 'PENDING' | 'SCHEDULED' | 'COMPLETED' | 'CANCELLED';
  createdAt: number;
  updatedAt: number;
}

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
