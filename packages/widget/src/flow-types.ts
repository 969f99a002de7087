/** What a signup can be in, be told and ask for: the words that the state machine and its runner share. */
import type { SignupErrorDetail } from './errors.ts';
import type { FinishMessage, SignupMessage } from './messages.ts';
import type { Onboarding } from './protocol.ts';

/** The element's `state`. */
export type SignupState =
  | 'idle'
  | 'loading'
  | 'ready'
  | 'open'
  | 'exchanging'
  | 'onboarding'
  | 'action-required'
  | 'complete'
  | 'cancelled'
  | 'failed';

export interface Flow {
  readonly state: SignupState;
  /** Meta's SDK is ready, so that a press may open the dialog in its own task. */
  readonly loaded: boolean;
  /** Pressed while the SDK was loading. */
  readonly wanted: boolean;
  /** The SDK came too late for that press: a browser would block the window now. */
  readonly pressAgain: boolean;
  /** Counts attempts, so that an answer to an old one is known as such. */
  readonly attempt: number;
  /** Counts deadlines: only the newest may end the attempt. */
  readonly deadline: number;
  readonly opened: boolean;
  readonly closed: boolean;
  /** The SDK called back without a code. */
  readonly answered: boolean;
  readonly code: string | null;
  readonly redeeming: boolean;
  readonly finish: FinishMessage | null;
  /** The finish event has been sent to the relay. */
  readonly told: boolean;
  readonly step: string | null;
  readonly report: SignupErrorDetail | null;
  /** The next attempt uses this one's session: only its code failed. */
  readonly keepSession: boolean;
  readonly onboarding: Onboarding | null;
  readonly error: SignupErrorDetail | null;
}

export type Input =
  | { type: 'load' }
  | { type: 'press' }
  /** `active`: the browser still counts the press as a person's, and would let a window open. */
  | { type: 'loaded'; active: boolean }
  | { type: 'not-loaded'; error: SignupErrorDetail }
  /** FB.login returned; `opened`: it opened a window. */
  | { type: 'launched'; attempt: number; opened: boolean }
  | { type: 'refused'; attempt: number; error: SignupErrorDetail }
  | { type: 'callback'; attempt: number; code: string | null }
  | { type: 'closed'; attempt: number }
  | { type: 'message'; message: SignupMessage }
  | { type: 'deadline'; deadline: number }
  | { type: 'redeemed'; attempt: number; onboarding: Onboarding }
  | { type: 'onboarding'; onboarding: Onboarding }
  | { type: 'lost'; error: SignupErrorDetail }
  /** The page was reloaded while an onboarding ran. */
  | { type: 'resume' }
  | { type: 'reset'; unload?: boolean };

export type Emission =
  | { type: 'emit'; name: 'signup-ready' | 'signup-start' }
  | { type: 'emit'; name: 'signup-progress' | 'signup-complete'; detail: Onboarding }
  | { type: 'emit'; name: 'signup-cancel'; detail: { step: string | null } }
  | { type: 'emit'; name: 'signup-error'; detail: SignupErrorDetail };

export type Effect =
  | Emission
  | { type: 'load' }
  | { type: 'login'; attempt: number; keepSession: boolean }
  /** Ask the relay for a session, beside the open dialog. */
  | { type: 'session' }
  /** Bring the open dialog to the front. */
  | { type: 'focus' }
  | { type: 'deadline'; ms: number; deadline: number }
  | { type: 'redeem'; attempt: number; code: string; finish: FinishMessage | null }
  | { type: 'tell'; finish: FinishMessage }
  | { type: 'watch' }
  /** The attempt is over: stop its timers and streams, forget what was kept for a reload. */
  | { type: 'release' };
