import type { AccountDetails, CodeOutcome, Outcome, ReportEvent } from '../outcomes.ts';
import type { WayBack } from './way-back.ts';

/** The ways through the dialog. */
export type FlowKind = 'standard' | 'coexistence' | 'only-waba' | 'app-only';

/** What the server tells the dialog's page. */
export interface PageData {
  wayBack: WayBack;
  messages: { isPosted: boolean; version: 3 | null };
  flow: FlowKind;
  isNumberFirst: boolean;
  /** The code that is sent first, and those of further requests; then Meta sends no more. */
  smsCodes: string[];
  portfolios: Portfolio[];
  /** People who get nowhere with the app, by id, and why. */
  refusals: Record<string, string>;
  /** Set where the answer was queued and nobody needs to click. */
  auto: AutoAnswer | null;
  /** What an answer is made of where nobody typed: the forms as they were filled in beforehand. */
  prefilled: AccountDetails;
  /** What an error report carries: Meta's support asks for it. */
  sessionId: string;
  /** The sandbox's time when the page was made, in milliseconds since 1970. */
  now: number;
}

/** A portfolio that a person can pick, with what is in it. */
export interface Portfolio {
  id: string;
  name: string;
  accounts: Account[];
}

export interface Account {
  id: string;
  name: string;
  numbers: { id: string; displayNumber: string; isVerified: boolean; isOnApp: boolean }[];
}

/** How a dialog ends by itself. */
export interface AutoAnswer {
  outcome: Outcome;
  delayMs: number;
  details: AccountDetails;
  step: string;
  report: { event: ReportEvent; code: string; message: string };
}

/** Body of the dialog's own `POST …/answer`. */
export interface AnswerRequest extends AccountDetails {
  outcome: CodeOutcome;
}

/** What the server made of it. */
export interface AnswerResult {
  /** Null where the dialog gives none away. */
  code: string | null;
  /** The message as it is to be posted; null where this dialog posts none. */
  event: Record<string, unknown> | null;
}
