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
  override: { callbackUrl: string; verifyToken: string } | null;
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
  createdAt: number;
  numbers: Ordered<Phone>;
  templates: Ordered<Template>;
  /** By app id. */
  subscriptions: Map<string, WabaSubscription>;
  /** Tasks of the users that were assigned, by user id. */
  assigned: Map<string, Set<string>>;
}

/** What a verification code was sent for. */
export interface SentCode {
  code: string;
  method: 'SMS' | 'VOICE';
  sentAt: number;
}

/** A business phone number. */
export interface Phone extends Listed {
  wabaId: string;
  /** As Meta prints it: `+1 415-555-0134`. */
  displayNumber: string;
  verifiedName: string;
  verified: boolean;
  registered: boolean;
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
  newName: { name: string; status: 'PENDING_REVIEW' | 'APPROVED' | 'DECLINED' } | null;
  quality: 'GREEN' | 'YELLOW' | 'RED' | 'UNKNOWN';
  /** Coexistence: the number lives on the WhatsApp Business app too. */
  onBusinessApp: boolean;
  /** Coexistence: when each sync was asked for, and whether the customer lets the history go. */
  sync: { contactsAt: number | null; historyAt: number | null; historyDeclined: boolean };
  /** Where it stores messages, as `register` or `settings` said. */
  dataRegion: string | null;
  profile: Record<string, unknown>;
  settings: Record<string, unknown>;
  /** Message traffic of this number goes here, before the account's override. */
  override: { callbackUrl: string; verifyToken: string } | null;
}

/** A message template. */
export interface Template extends Listed {
  wabaId: string;
  name: string;
  language: string;
  category: string;
  status: 'APPROVED' | 'PENDING' | 'REJECTED' | 'PAUSED' | 'DISABLED';
  components: unknown[];
  createdAt: number;
}

/** A number that a partner verified beforehand, for customers to take. */
export interface PreverifiedNumber extends Listed {
  businessId: string;
  displayNumber: string;
  verification: 'VERIFIED' | 'NOT_VERIFIED' | 'EXPIRED';
  verifiedAt: number | null;
  sentCode: SentCode | null;
  /** Businesses that it was shared with. */
  partners: Set<string>;
  /** The account that took it; null: it is free. */
  claimedBy: string | null;
  createdAt: number;
}
