import type { AccountRestriction } from './assets.ts';

/** What Meta's reviewers say of an account or a name. */
export const decisions = ['APPROVED', 'REJECTED', 'DEFERRED', 'PENDING'] as const;

export type Decision = (typeof decisions)[number];

/** Why the WhatsApp Business app let go of the platform. Meta: Webhooks › account_update. */
export const disconnectionReasons = [
  'ACCOUNT_DISCONNECTED',
  'BUSINESS_DOWNGRADE',
  'CHANGE_NUMBER',
  'COMPANION_INACTIVITY',
  'PRIMARY_INACTIVITY',
  'USER_RE_REGISTERED',
] as const;

export interface Disconnection {
  reason: (typeof disconnectionReasons)[number];
  initiatedBy: 'USER' | 'SYSTEM';
}

/** What an account can be kept from. Meta: Webhooks › account_update › ACCOUNT_RESTRICTION. */
export const restrictionTypes = [
  'RESTRICTED_ADD_PHONE_NUMBER_ACTION',
  'RESTRICTED_BIZ_INITIATED_MESSAGING',
  'RESTRICTED_CUSTOMER_INITIATED_MESSAGING',
  'RESTRICTED_UTILITY_TEMPLATES',
  'RESTRICTED_DIRECT_SEND_UTILITY_TEMPLATES',
  'RESTRICTED_BUSINESS_INITIATED_CALLING',
  'RESTRICTED_USER_INITIATED_CALLING',
  'RESTRICTED_BIZ_INITIATED_AND_USER_INITIATED_CALLING',
  'RESTRICTED_USER_INITIATED_CALLING_CALL_BUTTON_HIDDEN',
] as const;

/** `FLAGGED` and the three after it are of before 2026; the last two are what Meta sends now. */
export const qualityEvents = [
  'FLAGGED',
  'UNFLAGGED',
  'UPGRADE',
  'DOWNGRADE',
  'ONBOARDING',
  'THROUGHPUT_UPGRADE',
] as const;

export type QualityEvent = (typeof qualityEvents)[number];

/**
 * What happens at Meta that somebody is told of. The parts that change the world say so here; which webhooks
 * follow is known in one place, `webhooks/`.
 */
export type Happening =
  /** A signup of this app ended, and the account is the partner's to work on. */
  | { kind: 'signup-finished'; wabaId: string; appId: string; appOnly: boolean }
  /** A number became usable on Cloud API. */
  | { kind: 'number-registered'; phoneId: string }
  | { kind: 'pin-changed'; phoneId: string }
  | { kind: 'pin-reset'; phoneId: string; stage: 'requested' | 'done' }
  | { kind: 'number-quality'; phoneId: string; event: QualityEvent; limit: string }
  /** What became of a message that was sent; `error` where it failed, such as 131042. */
  | {
      kind: 'message-status';
      phoneId: string;
      /** `wamid.…` */
      messageId: string;
      /** A WhatsApp id. */
      to: string;
      status: 'sent' | 'delivered' | 'read' | 'failed';
      error: { code: number; title: string } | null;
    }
  | { kind: 'sync-requested'; phoneId: string; sync: 'contacts' | 'history' }
  | { kind: 'template-changed'; templateId: string; wabaId: string; event: string }
  | { kind: 'name-reviewed'; phoneId: string; decision: Decision }
  | { kind: 'account-reviewed'; wabaId: string; decision: Decision }
  | { kind: 'account-ban'; wabaId: string; state: 'DISABLE' | 'REINSTATE' | 'SCHEDULE_FOR_DISABLE' }
  | { kind: 'account-violation'; wabaId: string; type: string }
  | { kind: 'account-restricted'; wabaId: string; restrictions: readonly AccountRestriction[] }
  | { kind: 'account-offboarded'; wabaId: string }
  | { kind: 'account-reconnected'; wabaId: string }
  | { kind: 'account-deleted'; wabaId: string }
  /** The customer took the partner off in Meta's settings, or (with a reason) the WhatsApp Business app did. */
  | {
      kind: 'partner-removed';
      wabaId: string;
      /** The partner. */
      businessId: string;
      disconnection: (Disconnection & { phoneId: string }) | null;
    }
  | { kind: 'app-uninstalled'; wabaId: string; appId: string }
  | { kind: 'solution-changed'; solutionId: string; event: 'SOLUTION_CREATED' | 'SOLUTION_UPDATED' };
