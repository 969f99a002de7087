/**
 * What happens at Meta that somebody is told of. The parts that change the world say so here; which webhooks
 * follow is known in one place, `webhooks/`.
 */
export type Happening =
  /** A signup ended, and the account is the partner's to work on. */
  | { kind: 'signup-finished'; wabaId: string; appOnly: boolean }
  /** A number became usable on Cloud API. */
  | { kind: 'number-registered'; phoneId: string }
  | { kind: 'pin-changed'; phoneId: string }
  | { kind: 'sync-requested'; phoneId: string; sync: 'contacts' | 'history' }
  | { kind: 'template-changed'; templateId: string; wabaId: string; event: string }
  | { kind: 'name-reviewed'; phoneId: string; decision: 'APPROVED' | 'REJECTED' | 'DEFERRED' | 'PENDING' }
  | { kind: 'account-reviewed'; wabaId: string; decision: 'APPROVED' | 'REJECTED' | 'PENDING' | 'DEFERRED' }
  | { kind: 'account-ban'; wabaId: string; state: 'DISABLE' | 'REINSTATE' | 'SCHEDULE_FOR_DISABLE' }
  | { kind: 'account-offboarded'; wabaId: string }
  | { kind: 'account-reconnected'; wabaId: string }
  | { kind: 'account-deleted'; wabaId: string }
  /** The customer took the partner off, in Meta's settings or (with a number) in the WhatsApp Business app. */
  | { kind: 'partner-removed'; wabaId: string; phoneId: string | null }
  | { kind: 'app-uninstalled'; wabaId: string }
  | { kind: 'solution-changed'; solutionId: string; event: 'SOLUTION_CREATED' | 'SOLUTION_UPDATED' };
