import type { SystemUser } from './access.ts';
import type { Install } from './installs.ts';
import type { Listed, Ordered } from './ordered.ts';

/** A business portfolio: a customer's, or the partner's own. */
export interface Business extends Listed {
  name: string;
  verification: 'not_verified' | 'pending' | 'verified';
  /** Milliseconds since 1970, as everything that ends in `At` here. */
  createdAt: number;
  /** Accounts that are its own. */
  owned: Ordered<Waba>;
  /** Accounts of customers that were shared with it. */
  clients: Ordered<Waba>;
  systemUsers: Ordered<SystemUser>;
  /** Apps of partners that it lets in, by app id. */
  installs: Map<string, Install>;
  preverified: Ordered<PreverifiedNumber>;
}

/** A WABA-level subscription of one app. */
export interface WabaSubscription {
  appId: string;
  /** Message traffic goes here in place of the app's own callback. */
  override: CallbackOverride | null;
}

/** What a system user may do with an account. Meta: WhatsApp Business Account › Assigned users. */
export interface Assignment {
  tasks: Set<string>;
  assignedAt: number;
}

/** A WhatsApp Business Account. */
export interface Waba extends Listed {
  name: string;
  /** The portfolio that owns it. */
  businessId: string;
  currency: string;
  timezoneId: string;
  country: string;
  templateNamespace: string;
  reviewStatus: 'PENDING' | 'APPROVED' | 'REJECTED';
  /** `DISABLE`: banned; `SCHEDULE_FOR_DISABLE`: will be. */
  banState: 'NONE' | 'SCHEDULE_FOR_DISABLE' | 'DISABLE';
  /** What pays for its messages: a payment method or an allocation of a credit line; null: nothing. */
  fundingId: string | null;
  /** `app-only`: the partner's app works on it with business tokens, and nothing was shared with its business. */
  access: 'shared' | 'app-only';
  /** The Multi-Partner Solution that it came with. */
  solutionId: string | null;
  /** What Meta keeps it from doing, and until when. */
  restrictions: AccountRestriction[];
  createdAt: number;
  numbers: Ordered<Phone>;
  templates: Ordered<Template>;
  /** When the content of a template was deleted, by `name:language`: the name stays taken for a while. */
  deletedTemplates: Map<string, number>;
  /** By app id. */
  subscriptions: Map<string, WabaSubscription>;
  /** The users that were assigned, by user id. */
  assigned: Map<string, Assignment>;
}

/** One thing that Meta keeps an account from doing. Meta: Webhooks › account_update › ACCOUNT_RESTRICTION. */
export interface AccountRestriction {
  /** Such as `RESTRICTED_BIZ_INITIATED_MESSAGING`. */
  type: string;
  /** Null: until Meta lifts it. */
  expiresAt: number | null;
}

/** A verification code that is on its way to a number. */
export interface SentCode {
  code: string;
  method: 'SMS' | 'VOICE';
  sentAt: number;
  /** How often another was given in its place. */
  wrongTries: number;
}

/** A display name that was asked for. */
export interface NewName {
  name: string;
  status: 'PENDING_REVIEW' | 'APPROVED' | 'DECLINED';
  /** When the review ended: an approved name is to be registered within a time. */
  decidedAt: number | null;
}

/** Where message traffic goes in place of the app's own callback. */
export interface CallbackOverride {
  callbackUrl: string;
  verifyToken: string;
}

/** A business phone number. */
export interface Phone extends Listed {
  wabaId: string;
  /** As Meta prints it: `+1 415-555-0134`. */
  displayNumber: string;
  verifiedName: string;
  /** When its owner gave the code that was sent to it; null: never. */
  verifiedAt: number | null;
  registered: boolean;
  /** It was registered once, and taken off again. */
  deregistered: boolean;
  /** The same number in another account, from which it is moved here; null: it is new. */
  migratesFrom: string | null;
  /** The account's number that took this one's place; null: none did. */
  migratedTo: string | null;
  /** The two-step verification PIN; null: none was ever set. */
  pin: string | null;
  /** When a wrong PIN was given, for the lock-out. */
  wrongPins: number[];
  onboardedAt: number;
  createdAt: number;
  /** When `register` or `deregister` was called, for the limit of ten in 72 hours. */
  registrations: number[];
  /** The verification code that is on its way. */
  sentCode: SentCode | null;
  /** When a code was asked for, for the limit on them. */
  codeRequests: number[];
  nameStatus: 'APPROVED' | 'AVAILABLE_WITHOUT_REVIEW' | 'DECLINED' | 'EXPIRED' | 'PENDING_REVIEW' | 'NONE';
  /** A display name that waits for review. */
  newName: NewName | null;
  quality: 'GREEN' | 'YELLOW' | 'RED' | 'UNKNOWN';
  /** Coexistence: the number lives on the WhatsApp Business app too. */
  onBusinessApp: boolean;
  /** Coexistence: when each sync was asked for, and whether the customer lets the history go. */
  sync: { contactsAt: number | null; historyAt: number | null; historyDeclined: boolean };
  /** Where it stores messages, as `register` or `settings` said. */
  dataRegion: string | null;
  profile: Record<string, unknown>;
  settings: Record<string, unknown>;
  username: string | null;
  /** People find it when they search in WhatsApp. */
  searchable: boolean;
  /** WhatsApp ids of people who cannot write to it. */
  blockedUsers: Set<string>;
  /** Message traffic of this number goes here, before the account's override. */
  override: CallbackOverride | null;
}

/** A message template. */
export interface Template extends Listed {
  wabaId: string;
  name: string;
  language: string;
  category: string;
  status: 'APPROVED' | 'PENDING' | 'REJECTED' | 'PAUSED' | 'DISABLED';
  /** Why it was rejected, such as `INVALID_FORMAT`; `NONE` otherwise. */
  rejectedReason: string;
  /** `POSITIONAL`: `{{1}}`, `NAMED`: `{{first_name}}`. */
  parameterFormat: 'POSITIONAL' | 'NAMED';
  components: TemplateComponent[];
  createdAt: number;
  /** When it was changed after an approval, for the limit on that. */
  edits: number[];
}

/** A part of a template: its type, and what that type holds. */
export interface TemplateComponent extends Record<string, unknown> {
  /** `HEADER`, `BODY`, `FOOTER`, `BUTTONS` and rarer ones. */
  type: string;
}

/** A number that a partner verified beforehand, for customers to take. */
export interface PreverifiedNumber extends Listed {
  businessId: string;
  displayNumber: string;
  verification: 'VERIFIED' | 'NOT_VERIFIED' | 'EXPIRED';
  verifiedAt: number | null;
  sentCode: SentCode | null;
  /** When a code was asked for, for the limit on them. */
  codeRequests: number[];
  /** Businesses that it was shared with. */
  partners: Set<string>;
  /** The account that took it; null: it is free. */
  claimedBy: string | null;
  createdAt: number;
}
