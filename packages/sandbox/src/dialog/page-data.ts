import type { AccountDetails, CodeOutcome, Outcome } from '../outcomes.ts';

/** What the server tells the dialog's page. */
export interface PageData {
  /** Where the answer goes: the arbiter's address with its fragment. */
  redirectUri: string;
  /** The page that opened the dialog; the only one that may read its messages. */
  pageOrigin: string;
  /** Whether messages carry `version: 3`, as they do before v4. */
  isBeforeV4: boolean;
  /** The code in the text message, six digits. */
  smsCode: string;
  /** Set where the answer was queued and nobody needs to click. */
  auto: {
    outcome: Outcome;
    delayMs: number;
    details: AccountDetails;
    step: string;
    errorCode: string;
    errorMessage: string;
  } | null;
  /** What an error report carries: Meta's support asks for it. */
  sessionId: string;
}

/** Body of the dialog's own `POST …/answer`. */
export interface AnswerRequest extends AccountDetails {
  outcome: CodeOutcome;
}
