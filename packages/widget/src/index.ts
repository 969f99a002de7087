/** The class and its types. Importing this registers nothing: see `./define`. */
export { WhatsAppEmbeddedSignup } from './element.ts';
export {
  type MetaReport,
  relayErrorCodes,
  type SignupErrorCode,
  type SignupErrorDetail,
  signupErrors,
} from './errors.ts';
export { type SignupDetails, SignupEvent, type SignupEventMap } from './events.ts';
export type { SignupState } from './flow-types.ts';
export type { Account, FlowName, Onboarding, Step, StepError } from './protocol.ts';
