import type * as v from 'valibot';
import type { Credentials } from '../credentials.ts';
import type { Fault } from '../faults.ts';
import type { JournalEntry } from '../journal.ts';
import type { FinishedSignup } from '../signup.ts';
import type { Attempt, Delivery } from '../webhooks/deliver.ts';
import type { App } from '../world/access.ts';
import type { Business } from '../world/assets.ts';
import type { accountInput } from './account-input.ts';
import type { appInput, businessInput, tokensInput } from './app-input.ts';
import type { clockInput } from './clock.ts';
import type { faultInput } from './fault-input.ts';
import type { codesInput, nextInput } from './next-input.ts';
import type { partnershipInput } from './partnership-input.ts';
import type { Plain } from './plain.ts';
import type { signedRequestInput } from './signed-request.ts';
import type { SandboxState } from './state.ts';
import type { webhookInput } from './webhook-input.ts';
import type { whatsappUserInput } from './whatsapp-user-input.ts';

/** What `sandbox.control(route)` gives: the controls that need no body. */
export interface ControlReads {
  credentials: Credentials;
  /** Every request so far but those to the controls, in the order of their arrival. */
  journal: JournalEntry[];
  state: SandboxState;
  /** Every delivery so far, with its attempts. */
  webhooks: Delivery[];
  faults: { faults: Fault[] };
  'DELETE faults': { faults: [] };
  codes: FinishedSignup;
  reset: { reset: true };
}

/** What `sandbox.control(route, body)` takes and gives: each is `POST /_sandbox/<route>`. */
export interface ControlCommands {
  next: Command<typeof nextInput, { queued: number }>;
  codes: Command<typeof codesInput, FinishedSignup>;
  faults: Command<typeof faultInput, { faults: Fault[] }>;
  clock: Command<typeof clockInput, { now: string }>;
  webhooks: Command<typeof webhookInput, SentWebhooks>;
  'signed-request': Command<typeof signedRequestInput, CallbackAnswer>;
  accounts: Command<typeof accountInput, { wabaId: string; happens: string }>;
  'whatsapp-user': Command<typeof whatsappUserInput, { done: string }>;
  app: Command<typeof appInput, Plain<App>>;
  business: Command<typeof businessInput, Plain<Business>>;
  tokens: Command<typeof tokensInput, { ended: number }>;
  partnership: Command<
    typeof partnershipInput,
    {
      systemUser: { id: string; role: 'ADMIN' | 'EMPLOYEE'; isFinanceEditor: boolean };
      creditLine: { id: string; termsAccepted: boolean; isAvailable: boolean };
    }
  >;
}

interface Command<Schema extends v.GenericSchema, Answer> {
  takes: v.InferInput<Schema>;
  gives: Answer;
}

/** What came of the webhooks that a test asked for. */
export interface SentWebhooks {
  /** By their first attempts. */
  deliveries: (Omit<Delivery, 'attempts'> & Omit<Attempt, 'at'>)[];
  /** Why somebody did not get it. */
  note?: string;
}

/** What the app's own callback said: its body, or why there is none. */
export interface CallbackAnswer {
  url: string;
  /** HTTP status; null where there was no answer. */
  status: number | null;
  body?: string;
  /** What stood in the way, such as `ECONNREFUSED`. */
  error?: string;
}

type Named<Route extends string> = Route | `/${Route}`;

/** The name without the slash. */
type NameOf<Route> = Route extends `/${infer Name}` ? Name : Route;

/** See `Sandbox.control`. */
export interface Control {
  <Route extends Named<keyof ControlReads>>(
    route: Route,
  ): Promise<ControlReads[NameOf<Route> & keyof ControlReads]>;
  <Route extends Named<keyof ControlCommands>>(
    route: Route,
    body: ControlCommands[NameOf<Route> & keyof ControlCommands]['takes'],
  ): Promise<ControlCommands[NameOf<Route> & keyof ControlCommands]['gives']>;
}
