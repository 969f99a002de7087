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
}

/** One customer's way from a code to a connected account. */
export interface OnboardingRow {
  id: string;
  /** Unique: a session redeems into one onboarding, however often it is sent. */
  session_id: string;
  portal: string;
  claimed_reference: string | null;
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
  started_at: number | null;
  ended_at: number | null;
  /** When it is tried again by itself; null while it runs and once it has ended. */
  retry_at: number | null;
  /** JSON of `StepError`. */
  error: string | null;
}

/** The business token of an onboarding, sealed. */
export interface CredentialRow {
  onboarding_id: string;
  sealed: string;
  /** null: never, or not known yet. */
  expires_at: number | null;
  created_at: number;
}

/** A number's two-step PIN, sealed. It belongs to the number: a later onboarding of the portal uses it again. */
export interface PinRow {
  portal: string;
  phone_number_id: string;
  sealed: string;
  created_at: number;
}
