import type { Business } from './assets.ts';
import type { Listed, Ordered } from './ordered.ts';

/** The two permissions of Embedded Signup. Meta: WhatsApp Business Platform › Permissions. */
export const whatsappPermissions = ['whatsapp_business_management', 'whatsapp_business_messaging'] as const;

/** A Facebook Login for Business configuration. */
export interface Configuration {
  id: string;
  name: string;
  /** Which generation of Embedded Signup it starts where `extras` names none. */
  version: 'v2' | 'v4';
  /** Life of the tokens that it gives, in days; null: they never expire. */
  tokenDays: number | null;
  /** What it asks the customer for. */
  permissions: readonly string[];
}

/** Where an app's webhooks of one object go. Meta: Graph API › App › Subscriptions. */
export interface AppSubscription {
  object: string;
  callbackUrl: string;
  verifyToken: string;
  /** The version of each field's value, which is that of the call that asked for it. */
  fields: Map<string, string>;
}

/** A Meta app. */
export interface App extends Listed {
  name: string;
  secret: string;
  /** The partner's own portfolio. */
  businessId: string;
  /** In development only people with a role on it get anywhere. */
  mode: 'live' | 'development';
  /** What App Review granted: with standard access, only people with a role get anywhere. */
  accessLevel: 'advanced' | 'standard';
  /** Permissions that App Review approved; others silently do not appear in a token. */
  permissions: Set<string>;
  /** People with a role, by id. */
  roles: Map<string, 'administrator' | 'developer' | 'tester'>;
  /** Dashboard › Settings › Advanced › Require App Secret: every call needs an `appsecret_proof`. */
  requiresProof: boolean;
  configurations: Configuration[];
  /** By object, such as `whatsapp_business_account`. */
  subscriptions: Map<string, AppSubscription>;
  /** Businesses of customers that let it in. */
  installedBy: Ordered<Business>;
  /** People who use it on a day: the app's own calls an hour are 200 for each. */
  dailyUsers: number;
}

/** Someone who can sign in to the dialog. */
export interface Person {
  id: string;
  name: string;
}

/** A person who connected to an app in some browser: that browser's cookie holds their id. */
export interface Connection {
  /** Meta's app-scoped user id: another app knows the same person by another. */
  userId: string;
  appId: string;
  userName: string;
  /** False: they took the app off again, and are merely signed in. */
  isConnected: boolean;
}

/** A system user of a business. */
export interface SystemUser extends Listed {
  name: string;
  businessId: string;
  role: 'ADMIN' | 'EMPLOYEE';
  /** The business role Finance editor, which the credit line asks for where the user is no admin. */
  isFinanceEditor: boolean;
}

/** A one-time code that a finished dialog handed out. */
export interface Code {
  code: string;
  appId: string;
  personId: string;
  /** The configuration of the dialog: it decides how long the token lives. */
  configId: string;
  /** The accounts it grants, newest first. */
  wabaIds: readonly string[];
  businessId: string;
  /** Granted permissions: what the configuration asked for and the app may have. */
  scopes: readonly string[];
  /** The address that the exchange must repeat; null: the JavaScript SDK's, which nobody may name. */
  redirectUri: string | null;
  /** The dialog has not handed it over yet: `issuedAt` begins anew when it does, once. */
  isHeld: boolean;
  /** Milliseconds since 1970, as everything that ends in `At` here. */
  issuedAt: number;
  usedAt: number | null;
}

/** An access token and what it may see. */
export interface Token {
  token: string;
  appId: string;
  /** `business`: from a code. `system`: a system user's. `user`: what a person's browser session gives. */
  kind: 'business' | 'system' | 'user';
  userId: string;
  userName: string;
  /** The customer's portfolio; for the partner's system user the partner's own. */
  businessId: string;
  /** Granted permissions; who takes one back changes them. */
  scopes: readonly string[];
  /** The accounts it was granted; `all`: every account that its business owns or was shared. */
  wabaIds: readonly string[] | 'all';
  issuedAt: number;
  /** Null: never. */
  expiresAt: number | null;
  /** Why it is dead, or null while it lives. Meta: Graph API › Handle errors › 190 and its subcodes. */
  ended: 'revoked' | 'app-removed' | null;
}
