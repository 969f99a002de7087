import { nodeProblem } from './node-version.ts';

export { SandboxInputError } from './control/input-error.ts';
export type {
  CallbackAnswer,
  Control,
  ControlCommands,
  ControlReads,
  SentWebhooks,
} from './control/routes.ts';
export type { SandboxState } from './control/state.ts';
export type { Credentials } from './credentials.ts';
export type { Fault, FaultKind } from './faults.ts';
export type { JournalEntry } from './journal.ts';
export type {
  AccountDetails,
  AnswerData,
  CodeDetails,
  CodeOutcome,
  Outcome,
  ProfileDetails,
} from './outcomes.ts';
export type { Random } from './random.ts';
export { createSandbox, type Sandbox, type SandboxOptions } from './sandbox.ts';
export type { FinishedSignup, SignupIds, SignupMessage } from './signup.ts';
export { SandboxStartError } from './start-error.ts';
export type { Attempt, Delivery } from './webhooks/deliver.ts';

// What it is made of loads in an older Node, and would only break later, in the middle of a test.
const problem = nodeProblem();
if (problem !== null) throw new Error(problem);
