/**
 * The wire types that the element and the relay share. Types only: importing this file costs nothing at run time.
 *
 * Ids that Meta gives out are strings of digits. They do not fit in a JavaScript number and Meta announced
 * that some will change meaning (account model change, 2026), so nothing here computes with them.
 */

/** The way a signup is run; a portal's settings say which of them it allows. */
export type FlowName = 'standard' | 'coexistence' | 'app-only';

/** What the element needs before it can open Meta's dialog. Answer of `GET /v1/portals/{portal}`. */
export interface LaunchSettings {
  portal: string;
  appId: string;
  /** As in Meta's paths: `v26.0`. */
  graphVersion: string;
  flows: Partial<Record<FlowName, FlowSettings>>;
  /** The origin that serves Meta's SDK and its dialog: Meta's own, or a sandbox's. */
  sdkUrl: string;
  /** `server`: only the site's backend may start a session. */
  sessions: 'browser' | 'server';
}

export interface FlowSettings {
  /** The Facebook Login for Business configuration. */
  configId: string;
  /** Passed to Meta's dialog as it is. */
  extras: Record<string, unknown>;
}

/** Body of `POST /v1/sessions` when a page asks. */
export interface SessionRequest {
  portal: string;
  /** base64url SHA-256 of a verifier that never leaves the page until the code is redeemed. */
  challenge: string;
  flow?: FlowName;
  reference?: string;
  /** A WABA id: this signup renews an account that is connected already. */
  reconnect?: string;
}

/** Body of `POST /v1/sessions` when the site's backend asks, with its portal key. */
export interface BackendSessionRequest {
  portal: string;
  /** The site's word for the customer that it has signed in; with the portal it owns the account. */
  reference: string;
  /** As the page gave it; without one the session needs no verifier. */
  challenge?: string;
  flow?: FlowName;
  /** Business and phone details for Meta's form; the page that gets the session can read them. */
  prefill?: Record<string, unknown>;
  reconnect?: string;
}

/** Body of `POST /v1/sessions`, with the portal key, for an onboarding that there is. */
export interface OnboardingSessionRequest {
  onboarding: string;
}

/** Answer 201 of `POST /v1/sessions`. */
export interface SessionGrant {
  session: string;
  /** ISO 8601; until then the session can be redeemed. */
  expiresAt: string;
}

/** Ids as the dialog's message named them: hints, until the customer's own token has read them. */
export interface ClaimedIds {
  wabaId?: string;
  phoneNumberId?: string;
  businessId?: string;
}

/** Body of `POST /v1/onboardings`. */
export interface RedeemRequest {
  /** Meta's one-time code: lives 30 seconds, works once. */
  code: string;
  verifier?: string;
  /** The dialog's finish event, such as `FINISH`. */
  event?: string;
  ids?: ClaimedIds;
  /** Further fields of that event, passed through. */
  data?: Record<string, unknown>;
}

/** Body of `PATCH /v1/onboardings/{id}`: the dialog's message came after the code. */
export type LateEvent = Pick<RedeemRequest, 'event' | 'ids' | 'data'>;

export type OnboardingStatus = 'exchanging' | 'running' | 'action_required' | 'completed' | 'failed';

export type StepStatus = 'pending' | 'running' | 'done' | 'skipped' | 'action_required' | 'failed';

/** Steps by name, in the order a person should see them. Which of them a signup has follows from its plan. */
export type StepName =
  | 'exchange'
  | 'inspect'
  | 'subscribe'
  | 'register'
  | 'assign_system_user'
  | 'share_credit'
  | 'sync_contacts'
  | 'sync_history'
  | 'confirm';

/** What went wrong, for a person and for a program. */
export interface StepError {
  /** Stable; see the error table of whoever sent it. */
  code: string;
  /** One plain sentence. */
  message: string;
  /** The next step. */
  hint: string;
  /** Whose the next step is; `wait`: nobody's, it passes. */
  who?: 'customer' | 'partner' | 'Meta' | 'wait';
  /** What Meta said, for a support case. */
  meta?: { code?: number; subcode?: number; fbtraceId?: string };
}

export interface Step {
  name: StepName;
  status: StepStatus;
  startedAt?: string;
  endedAt?: string;
  error?: StepError;
  /** How far Meta has come with what the step asked for; `sync_contacts` and `sync_history` alone. */
  progress?: SyncProgress;
}

/** What Meta's webhooks have said of a synchronisation (Meta: Onboarding WhatsApp Business app users). */
export interface SyncProgress {
  /** Of the history: 0 the last day, 1 to 90 days, 2 to 180 days. */
  phase?: number;
  /** 0 to 100. */
  percent?: number;
  /** The customer keeps the chat history: ordinary, and the end of it. */
  declined?: boolean;
}

/** What a person, or the site's backend, may be asked for. */
export type InputKind =
  | 'pin'
  | 'verification_method'
  | 'verification_code'
  | 'phone_number'
  | 'waba'
  | 'transfer'
  | 'credit';

/** What an onboarding waits for. `transfer` and `credit` are the site's backend's to answer. */
export interface Action {
  kind: InputKind;
  /** How often an answer may still be wrong before Meta locks the number. */
  attemptsLeft?: number;
  /** The answers that there are; the input's `value` is the `id` of one. */
  choices?: { id: string; label: string }[];
}

/** Body of `POST /v1/onboardings/{id}/input`. */
export interface InputRequest {
  kind: InputKind;
  /** A text; `true` or `false` for `transfer` and `credit`. */
  value: string | boolean;
}

/** Whether the number can send: *completed* is not *can send*. */
export type Messaging =
  | 'ready'
  | 'needs-payment-method'
  | 'needs-name-approval'
  | 'needs-number'
  | 'limited'
  | 'unknown';

export interface Account {
  wabaId: string;
  phoneNumberId: string | null;
  businessId: string | null;
  name: string | null;
  displayPhoneNumber: string | null;
  verifiedName: string | null;
  qualityRating: string | null;
  templateNamespace: string | null;
  messaging: Messaging;
  /** What has to happen before the number can send; absent where it can, or where nobody knows. */
  nextStep?: { message: string; hint: string; url?: string };
}

/** One customer's way from a code to a connected account. */
export interface Onboarding {
  id: string;
  /** Grows with every change; the id of the server-sent event that carries it. */
  revision: number;
  portal: string;
  reference: string | null;
  /** The site’s own word for this customer, as its page gave it: shown back, never used to decide anything. */
  claimedReference?: string;
  flow: FlowName;
  status: OnboardingStatus;
  steps: Step[];
  action: Action | null;
  /** ISO 8601: when the relay tries again by itself. */
  retryAt: string | null;
  error: StepError | null;
  account: Account | null;
}

/** Body of `POST /v1/sessions/report`: how an attempt ended in the browser. */
export interface Report {
  /** `complete`, `cancel` or `error`; an open list. */
  outcome: string;
  /** Meta's `current_step`: the screen that the customer left. */
  step?: string | null;
  /** What Meta's window reported, with its session id for a support case. */
  errorCode?: string | number | null;
  errorMessage?: string | null;
  metaSessionId?: string | null;
  /** What the element found out about the browser. */
  diagnosis?: string | Record<string, unknown> | null;
}

/** Answer of `GET /v1/errors/{code}`: what one of Meta's codes means, and what to do. */
export interface MetaError {
  code: string;
  /** `signup`: from inside Meta's window; `graph`: from the Graph API. */
  source: 'signup' | 'graph';
  /** What the window was about; `signup` alone. */
  area?: string;
  /** What happened. */
  message: string;
  who: NonNullable<StepError['who']>;
  /** The next step. */
  hint: string;
  /** `yes`: straight after the next step; `later`: after a pause, a review or Meta's answer; `no`: it cannot help. */
  retry: 'yes' | 'later' | 'no';
}

/** RFC 9457 problem document: the body of every error answer (`application/problem+json`). */
export interface Problem {
  type: string;
  title: string;
  status: number;
  /** One sentence about this occurrence, and the next step. */
  detail: string;
  code: string;
  requestId: string;
  /** Whether the same request may work later. */
  retryable: boolean;
  retryAt?: string;
  /** Set where an onboarding was begun before the error. */
  onboarding?: string;
}
