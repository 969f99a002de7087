import type { Listed, Ordered } from './ordered.ts';

// What a number has and did beyond being set up.

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

/** An uploaded file. Meta: Cloud API › Media. */
export interface Media extends Listed {
  phoneId: string;
  mimeType: string;
  /** In hex. */
  sha256: string;
  bytes: Uint8Array;
  createdAt: number;
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

/** A QR code with a message to begin with. Meta: WhatsApp Business Management API › QR codes. */
export interface QrCode extends Listed {
  phoneId: string;
  code: string;
  message: string;
  createdAt: number;
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
