import type { FlowName, OnboardingStatus, StepName, StepStatus } from 'whatsapp-embedded-signup/protocol';

/**
 * The tables, in types that SQLite and Postgres share: text ids, milliseconds since 1970, sealed values and
 * small JSON as text.
 */
export interface Tables {
  onboarding: OnboardingRow;
  code: CodeRow;
  step: StepRow;
  credential: CredentialRow;
  pin: PinRow;
  account: AccountRow;
  registration: RegistrationRow;
  credit: CreditRow;
  gate: GateRow;
  deadline: DeadlineRow;
  sync_request: SyncRequestRow;
  arrival: ArrivalRow;
  outbox: OutboxRow;
  audit: AuditRow;
}

/** One customer's way from a code to a connected account. */
export interface OnboardingRow {
  id: string;
  /** Unique: a session redeems into one onboarding, however often it is sent. */
  session_id: string;
  portal: string;
  /** The site's word for this customer, set by its backend alone; with the portal it owns the account. */
  reference: string | null;
  /** What a page gave as reference: shown back, never used to decide anything. */
  claimed_reference: string | null;
  /** The WABA that this signup is to renew. */
  reconnect: string | null;
  flow: FlowName;
  status: OnboardingStatus;
  revision: number;
  /** Part of the engine's key: one more for each time the run is started anew. */
  generation: number;
  /** The dialog's finish event; null while it has not come. */
  finish_event: string | null;
  /** What the page said, until the customer's token has read it. */
  claimed_waba_id: string | null;
  claimed_phone_number_id: string | null;
  claimed_business_id: string | null;
  /** JSON of further fields of the finish event. */
  event_data: string | null;
  /** JSON of `Account`, once the token has read it. */
  account: string | null;
  /** JSON of the number as `inspect` read it: what `register` decides by. */
  number: string | null;
  /** JSON of the names of its steps: as far as role and flow tell, until `inspect` knows. */
  plan: string | null;
  /** JSON of `Decisions`: what a person or the backend has answered, as far as it is no secret. */
  decisions: string | null;
  /** JSON of `StepError`. */
  error: string | null;
  created_at: number;
  updated_at: number;
  ended_at: number | null;
}

/** Every code that was ever tried, by its hash: none is exchanged twice, whatever session brings it. */
export interface CodeRow {
  code_hash: string;
  onboarding_id: string;
  created_at: number;
}

/** The ledger: what happened, and what a restarted run need not do again. */
export interface StepRow {
  onboarding_id: string;
  name: StepName;
  status: StepStatus;
  attempts: number;
  /** How many of them sent nothing, because Meta did not answer anybody: they use up no try. null: none. */
  unsent: number | null;
  started_at: number | null;
  ended_at: number | null;
  /** When it is tried again by itself; null while it runs and once it has ended. */
  retry_at: number | null;
  /** JSON of `StepError`. */
  error: string | null;
  /** JSON of `Action`: what it waits for, where a person has to answer. */
  action: string | null;
  /** What a person answered, sealed; taken away once it was used. */
  input: string | null;
  /** JSON without secrets: what a later attempt, or another step, has to know. */
  result: string | null;
  /** JSON of `SyncProgress`. */
  progress: string | null;
}

/** The business token of an onboarding, sealed. */
export interface CredentialRow {
  onboarding_id: string;
  sealed: string;
  /** null: never, or not known yet. */
  expires_at: number | null;
  created_at: number;
  /** When the partner fetched it, because the exchange's answer was lost; null where the customer's own code brought it. */
  recovered_at: number | null;
}

/** A number's two-step PIN, sealed. It belongs to the number: a later onboarding of the portal uses it again. */
export interface PinRow {
  portal: string;
  phone_number_id: string;
  sealed: string;
  created_at: number;
}

/** Who an account belongs to. No second portal or reference gets it without the backend's word. */
export interface AccountRow {
  waba_id: string;
  portal: string;
  reference: string | null;
  /** The onboarding whose token is the account's. */
  onboarding_id: string;
  business_id: string | null;
  phone_number_id: string | null;
  /** null while no onboarding has brought it to its end. */
  connected_at: number | null;
  created_at: number;
  updated_at: number;
}

/**
 * One `register` or `deregister` call, written before it is sent: Meta allows a number ten in 72 hours, whoever
 * asks.
 */
export interface RegistrationRow {
  id: string;
  phone_number_id: string;
  /** null: nobody knows what became of it. */
  outcome: 'registered' | 'deregistered' | 'wrong-pin' | 'refused' | null;
  /** When it was sent; once its outcome is known, when that came. */
  at: number;
}

/**
 * The partner's credit line behind an account. Written before Meta is asked, so that no crash shares more than the
 * daily cap allows or forgets a share.
 */
export interface CreditRow {
  waba_id: string;
  portal: string;
  /** Whose step shared it; null where the site's backend asked for it by itself. */
  onboarding_id: string | null;
  line_id: string | null;
  /** The customer's business: once the account is unshared nobody can read it any more, and revoking needs it. */
  business_id: string | null;
  /** null: asked for, and nobody knows yet what became of it. */
  allocation_id: string | null;
  currency: string;
  shared_at: number;
  revoked_at: number | null;
}

/** What is counted by many at once has a row here, which is kept while one counts and takes. */
export interface GateRow {
  /** Such as `credit/acme` or `number/20001`. */
  name: string;
}

/** When it is too late for a step, and when the site's backend is told that the time runs out. */
export interface DeadlineRow {
  onboarding_id: string;
  step: StepName;
  at: number;
  warn_at: number;
  warned_at: number | null;
}

/** Who asked for a number's contacts and history last: the webhooks that bring them name the number alone. */
export interface SyncRequestRow {
  phone_number_id: string;
  onboarding_id: string;
}

/** A customer who has shared an account, as Meta's webhook `PARTNER_ADDED` says: kept for a token that was lost. */
export interface ArrivalRow {
  app_id: string;
  waba_id: string;
  business_id: string;
  /** When it happened at Meta. */
  at: number;
  /** How often its token was asked for. */
  tries: number;
  /** Not to be asked for again before; null: at once. */
  retry_at: number | null;
  /** When it brought a token, or was refused for good. */
  settled_at: number | null;
}

/** An event for the site's backend, written in the transaction of the change that it tells of. */
export interface OutboxRow {
  /** `msg_…`: the `webhook-id`. */
  id: string;
  portal: string;
  type: string;
  /** JSON of `{type, timestamp, data}`. */
  body: string;
  created_at: number;
}

/** What was done with the partner's own rights; rows are only added. */
export interface AuditRow {
  id: string;
  portal: string;
  /** `relay`, or the part of the portal key that may be shown. */
  actor: string;
  /** Such as `credit.shared`. */
  action: string;
  subject: string;
  /** JSON without secrets. */
  detail: string | null;
  at: number;
}
