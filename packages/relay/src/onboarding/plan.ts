import type { FlowName, StepName } from 'whatsapp-embedded-signup/protocol';
import type { PhoneNumber } from '../graph/calls.ts';
import type { Portal } from '../settings/settings.ts';
import type { OnboardingRow } from '../store/schema.ts';

/** What a signup turned out to be, as far as the finish event and the number tell. */
export type Finish = FlowName | 'unknown';

/** Finish events that say by themselves that there is no number to register here. */
const withoutNumber: ReadonlySet<string> = new Set([
  'FINISH_ONLY_WABA',
  'FINISH_WHATSAPP_BUSINESS_APP_ONBOARDING',
  'FINISH_GRANT_ONLY_API_ACCESS',
]);

export function finishOf(event: string | null, number: PhoneNumber | null): Finish {
  if (event === 'FINISH_GRANT_ONLY_API_ACCESS') return 'app-only';
  if (event === 'FINISH_WHATSAPP_BUSINESS_APP_ONBOARDING' || number?.is_on_biz_app === true)
    return 'coexistence';
  return event === null && number === null ? 'unknown' : 'standard';
}

/**
 * The steps that a signup has. Before `inspect` the flow that was asked for decides, after it what the signup
 * turned out to be. `register` is always among them: where the number must not be registered it is skipped, and
 * people can see that.
 */
export function plannedSteps(role: Portal['role'], kind: Finish): StepName[] {
  return [
    'exchange',
    'inspect',
    'subscribe',
    'register',
    // Meta shows an app-only account to business tokens alone (Meta: Embedded Signup › App-only install).
    ...(role === 'solution-partner' && kind !== 'app-only'
      ? (['assign_system_user', 'share_credit'] as const)
      : []),
    ...(kind === 'coexistence' ? (['sync_contacts', 'sync_history'] as const) : []),
    'confirm',
  ];
}

/** The steps of an onboarding as its row has them; rows of the first schema have no plan, and the plain one. */
export function planOf({ plan }: Pick<OnboardingRow, 'plan'>): StepName[] {
  return plan === null ? plannedSteps('tech-provider', 'standard') : (JSON.parse(plan) as StepName[]);
}

/** Whether a number may be registered for Cloud API. */
export type RegisterPlan = 'register' | 'skip' | 'verify';

/**
 * Registering a number that lives on the WhatsApp Business app or is connected already takes it from where it
 * works, and each try counts against ten in 72 hours. So a number is registered only where nothing speaks
 * against it (Meta: Cloud API › Register a phone number).
 */
export function planRegister(finishEvent: string | null, number: PhoneNumber | null): RegisterPlan {
  if (number === null || withoutNumber.has(finishEvent ?? '')) return 'skip';
  if (number.is_on_biz_app === true) return 'skip';
  // A number without a platform is connected where it says so: Meta leaves out what it has no value for.
  if (number.status === 'CONNECTED' && (number.platform_type ?? 'CLOUD_API') === 'CLOUD_API') return 'skip';
  if (number.code_verification_status && number.code_verification_status !== 'VERIFIED') return 'verify';
  return 'register';
}
