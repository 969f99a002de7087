/** The element's events: they bubble, cross shadow roots, and carry a read-only `detail`. */
import type { SignupErrorDetail } from './errors.ts';
import type { Emission } from './flow-types.ts';
import type { Onboarding } from './protocol.ts';

class DetailEvent<Detail> extends Event {
  readonly #detail: Detail;

  constructor(name: string, detail: Detail) {
    super(name, { bubbles: true, composed: true });
    this.#detail = detail;
  }

  get detail(): Detail {
    return this.#detail;
  }
}

/** Meta's SDK is ready: the next press opens the dialog at once. */
export class SignupReadyEvent extends DetailEvent<null> {}

/** The dialog is about to open: an attempt begins. */
export class SignupStartEvent extends DetailEvent<null> {}

/** The onboarding as it now is, once for each of its revisions. */
export class SignupProgressEvent extends DetailEvent<Onboarding> {}

/** The account is connected: the onboarding as it ended. */
export class SignupCompleteEvent extends DetailEvent<Onboarding> {}

/** The customer left; `step` is Meta's name for where, such as `PHONE_NUMBER_SETUP`, or null. */
export class SignupCancelEvent extends DetailEvent<{ readonly step: string | null }> {}

/** The attempt, or the loading before it, failed; `detail.code` is stable. */
export class SignupErrorEvent extends DetailEvent<SignupErrorDetail> {}

export interface SignupEventMap {
  'signup-ready': SignupReadyEvent;
  'signup-start': SignupStartEvent;
  'signup-progress': SignupProgressEvent;
  'signup-complete': SignupCompleteEvent;
  'signup-cancel': SignupCancelEvent;
  'signup-error': SignupErrorEvent;
}

declare global {
  interface GlobalEventHandlersEventMap extends SignupEventMap {}
}

/** The event for what the state machine emits. */
export function signupEvent(emission: Emission): Event {
  const { name } = emission;
  switch (name) {
    case 'signup-ready':
      return new SignupReadyEvent(name, null);
    case 'signup-start':
      return new SignupStartEvent(name, null);
    case 'signup-progress':
      return new SignupProgressEvent(name, Object.freeze(emission.detail));
    case 'signup-complete':
      return new SignupCompleteEvent(name, Object.freeze(emission.detail));
    case 'signup-cancel':
      return new SignupCancelEvent(name, Object.freeze(emission.detail));
    case 'signup-error':
      return new SignupErrorEvent(name, Object.freeze(emission.detail));
  }
}
