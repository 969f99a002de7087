/** The element's events: they bubble, cross shadow roots, and carry a read-only `detail`. */
import type { SignupErrorDetail } from './errors.ts';
import type { Onboarding } from './protocol.ts';

/** What each event carries. */
export interface SignupDetails {
  /** Meta's SDK is ready: the next press opens the dialog at once. */
  'signup-ready': null;
  /** The dialog is about to open: an attempt begins. */
  'signup-start': null;
  /** The onboarding as it now is, once for each of its revisions. */
  'signup-progress': Onboarding;
  /** The account is connected: the onboarding as it ended. */
  'signup-complete': Onboarding;
  /** The customer left; `step` is Meta's name for where, such as `PHONE_NUMBER_SETUP`, or null. */
  'signup-cancel': { readonly step: string | null };
  /** The attempt, or the loading before it, failed. */
  'signup-error': SignupErrorDetail;
}

export class SignupEvent<Name extends keyof SignupDetails = keyof SignupDetails> extends Event {
  readonly detail: Readonly<SignupDetails[Name]>;

  constructor(name: Name, detail: SignupDetails[Name]) {
    super(name, { bubbles: true, composed: true });
    this.detail = Object.freeze(detail);
  }
}

export type SignupEventMap = { [Name in keyof SignupDetails]: SignupEvent<Name> };

declare global {
  interface GlobalEventHandlersEventMap extends SignupEventMap {}
}
