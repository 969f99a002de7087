export type { Credentials } from './credentials.ts';
export type { AccountDetails, CodeOutcome, Outcome } from './outcomes.ts';
export { createSandbox, type Sandbox, type SandboxOptions } from './sandbox.ts';
export type { FinishedSignup, SignupMessage } from './signup.ts';
export type { Attempt, Delivery } from './webhooks/deliver.ts';
