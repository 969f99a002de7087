import type { StepError } from 'whatsapp-embedded-signup/protocol';
import type { PhoneNumber } from '../graph/calls.ts';
import { numberNotVerified } from '../graph/meaning.ts';

/** Whether a number may be registered for Cloud API. */
export type RegisterPlan = { do: 'register' } | { do: 'skip' } | { do: 'stop'; error: StepError };

/** Finish events that say by themselves that there is no number to register here. */
const withoutNumber: ReadonlySet<string> = new Set([
  'FINISH_ONLY_WABA',
  'FINISH_WHATSAPP_BUSINESS_APP_ONBOARDING',
  'FINISH_GRANT_ONLY_API_ACCESS',
]);

/**
 * Registering a number that lives on the WhatsApp Business app or is connected already takes it from where it
 * works, and each try counts against ten in 72 hours. So a number is registered only where nothing speaks
 * against it (Meta: Cloud API › Register a phone number).
 */
export function planRegister(finishEvent: string | null, number: PhoneNumber | null): RegisterPlan {
  if (number === null || withoutNumber.has(finishEvent ?? '')) return { do: 'skip' };
  if (number.is_on_biz_app === true) return { do: 'skip' };
  // A number without a platform is connected where it says so: Meta leaves out what it has no value for.
  if (number.status === 'CONNECTED' && (number.platform_type ?? 'CLOUD_API') === 'CLOUD_API')
    return { do: 'skip' };
  if (number.code_verification_status && number.code_verification_status !== 'VERIFIED') {
    return { do: 'stop', error: numberNotVerified };
  }
  return { do: 'register' };
}
