import { dayMs } from '../../durations.ts';
import type { Phone } from '../../world/assets.ts';
import type { Call } from '../frame/call.ts';
import { badParameter, whatsappError } from '../frame/errors.ts';
import { requiredChoice, requireWhatsApp } from '../frame/input.ts';

/** Meta: Onboarding WhatsApp Business app users: both syncs within a day of the onboarding, each once. */
const windowMs = dayMs;

/** `POST /{phone}/smb_app_data`: asks for the contacts, or for the chat history, which webhooks bring. */
export function requestAppData(phone: Phone, { world, parameters }: Call): Record<string, unknown> {
  requireWhatsApp(parameters);
  const type = requiredChoice(parameters, 'sync_type', ['smb_app_state_sync', 'history']);
  if (!phone.onBusinessApp) {
    throw badParameter(
      'Invalid parameter',
      'The phone number was not onboarded from the WhatsApp Business app.',
    );
  }
  const now = world.clock.now();
  const sync = type === 'history' ? 'history' : 'contacts';
  const asked = sync === 'history' ? 'historyAt' : 'contactsAt';
  if (phone.sync[asked] !== null) {
    throw whatsappError(
      2593107,
      'Synchronization request limit exceeded',
      `You can request the ${type} synchronization once. The customer must be offboarded and onboarded again.`,
    );
  }
  if (now >= phone.onboardedAt + windowMs) {
    throw whatsappError(
      2593108,
      'Synchronization request made outside of allowed time window',
      'You must request synchronization within 24 hours of onboarding. The customer must be offboarded and onboarded again.',
    );
  }
  phone.sync[asked] = now;
  world.announce({ kind: 'sync-requested', phoneId: phone.id, sync });
  return { messaging_product: 'whatsapp', request_id: world.newIdentity().id };
}
