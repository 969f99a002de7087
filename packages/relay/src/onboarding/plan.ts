import type { FlowName, StepError, StepName } from 'whatsapp-embedded-signup/protocol';
import type { PhoneNumber } from '../graph/calls.ts';
import type { Portal } from '../settings/settings.ts';
import type { OnboardingRow } from '../store/schema.ts';

/** What was asked for, and what the dialog's message says that it became. */
export type Asked = Pick<OnboardingRow, 'flow' | 'finish_event'>;

/** Finish events of the ordinary flow; Meta adds others, which say nothing that is known here. */
const ofStandardFlow: ReadonlySet<string> = new Set(['FINISH', 'FINISH_ONLY_WABA', 'FINISH_OBO_MIGRATION']);

/** The finish event, in the case in which Meta documents it. */
function eventOf({ finish_event }: Asked): string {
  return finish_event?.toUpperCase() ?? '';
}

/**
 * What a signup turned out to be. What the token has read of the number outweighs what a page said; where neither
 * tells, it is what was asked for (Meta: Embedded Signup › Implementation, and the page of each flow for its event).
 */
export function turnedOut(asked: Asked, number: PhoneNumber | null): FlowName {
  const event = eventOf(asked);
  if (event === 'FINISH_GRANT_ONLY_API_ACCESS') return 'app-only';
  const isOnApp = number?.is_on_biz_app ?? null;
  if (event === 'FINISH_WHATSAPP_BUSINESS_APP_ONBOARDING' || isOnApp === true) return 'coexistence';
  if (ofStandardFlow.has(event)) return 'standard';
  return asked.flow === 'coexistence' && isOnApp === false ? 'standard' : asked.flow;
}

/** Whether the customer left without a number, whatever numbers the account has. */
export function isWithoutNumber(asked: Asked): boolean {
  return eventOf(asked) === 'FINISH_ONLY_WABA';
}

/**
 * Whether a number was to stay on the WhatsApp Business app and does not, or the reverse. Meta falls back from the
 * one to the other without a word, and to register then takes the number from where it works.
 */
export function isMismatch(asked: Asked, number: PhoneNumber | null): boolean {
  return (asked.flow === 'coexistence') !== (turnedOut(asked, number) === 'coexistence');
}

export function flowMismatch({ flow }: Asked): StepError {
  return flow === 'coexistence'
    ? {
        code: 'flow-mismatch',
        message: 'The number was to stay on the WhatsApp Business app, and was signed up without it.',
        hint: 'Start the signup again and choose the number that is on the WhatsApp Business app. If Meta does not offer that, check the configuration and extras of the flow "coexistence".',
      }
    : {
        code: 'flow-mismatch',
        message: 'The number is on the WhatsApp Business app, which this signup is not for.',
        hint: 'Start a signup with the flow "coexistence", or choose a number that is not on the app.',
      };
}

/**
 * The steps that a signup has. Before `inspect` the flow that was asked for decides, after it what the signup
 * turned out to be. `register` is always among them: where the number must not be registered it is skipped, and
 * people can see that.
 */
export function plannedSteps(role: Portal['role'], flow: FlowName): StepName[] {
  return [
    'exchange',
    'inspect',
    'subscribe',
    'register',
    // Meta shows an app-only account to business tokens alone (Meta: Embedded Signup › App-only install).
    ...(role === 'solution-partner' && flow !== 'app-only'
      ? (['assign_system_user', 'share_credit'] as const)
      : []),
    ...(flow === 'coexistence' ? (['sync_contacts', 'sync_history'] as const) : []),
    'confirm',
  ];
}

/** The steps of an onboarding as its row has them; rows of the first schema have no plan, and the plain one. */
export function planOf({ plan }: Pick<OnboardingRow, 'plan'>): StepName[] {
  return plan === null ? plannedSteps('tech-provider', 'standard') : (JSON.parse(plan) as StepName[]);
}

/** Whether a number may be registered for Cloud API; `mismatch` where nothing may be done with it any more. */
export type RegisterPlan = 'register' | 'skip' | 'verify' | 'mismatch';

/**
 * Registering a number that lives on the WhatsApp Business app or is connected already takes it from where it
 * works, and each try counts against ten in 72 hours. So a number is registered only where nothing speaks
 * against it (Meta: Cloud API › Register a phone number).
 */
export function planRegister(asked: Asked, number: PhoneNumber | null): RegisterPlan {
  if (isMismatch(asked, number)) return 'mismatch';
  if (number === null || isWithoutNumber(asked)) return 'skip';
  if (number.is_on_biz_app === true || turnedOut(asked, number) === 'coexistence') return 'skip';
  // A number without a platform is connected where it says so: Meta leaves out what it has no value for.
  if (number.status === 'CONNECTED' && (number.platform_type ?? 'CLOUD_API') === 'CLOUD_API') return 'skip';
  if (number.code_verification_status && number.code_verification_status !== 'VERIFIED') return 'verify';
  return 'register';
}
