/** What a signup can be in, be told and ask for: the words that the state machine and its runner share. */
import type { SignupErrorDetail } from './errors.ts';
import type { SignupDetails } from './events.ts';
import type { Claim } from './messages.ts';
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
  readonly loaded?: boolean;
  /** Grows with every new beginning, so that an answer to an old one is known as such. */
  readonly attempt: number;
  /** Pressed while the SDK was loading; still set when ready, the press is too old to open a window. */
  readonly wanted?: boolean;
  /** The one-time code, until it is on its way to the relay. */
  readonly code?: string;
  readonly finish?: Claim;
  /** Meta's name for the step that was left. */
  readonly step?: string;
  readonly report?: SignupErrorDetail;
  readonly onboarding?: Onboarding;
  readonly error?: SignupErrorDetail;
}

/** An answer to something begun in another attempt is no input: whoever asked drops it. */
export type Input =
  | { type: 'load' }
  | { type: 'press' }
  /** `active`: the browser still counts the press as a person's, and would let a window open. */
  | { type: 'loaded'; active: boolean }
  | { type: 'callback'; code: string | null }
  /** The dialog's window is closed. */
  | { type: 'closed' }
  /** Messages of the dialog. */
  | { type: 'finish'; finish: Claim }
  | { type: 'left'; step?: string; report?: SignupErrorDetail }
  /** The newest wait is over. */
  | { type: 'waited' }
  | { type: 'onboarding'; onboarding: Onboarding }
  | { type: 'failed'; error: SignupErrorDetail }
  /** The page was reloaded while an onboarding ran. */
  | { type: 'resume' }
  | { type: 'reset' };

export type Emission = {
  [Name in keyof SignupDetails]: { type: Name; detail: SignupDetails[Name] };
}[keyof SignupDetails];

export type Effect =
  | Emission
  | { type: 'load' }
  /** Call FB.login now, in this task. */
  | { type: 'login' }
  /** Say `waited` after so many milliseconds; a newer wait replaces an older one. */
  | { type: 'wait'; ms: number }
  | { type: 'redeem'; code: string; finish?: Claim };
