import type { Phone } from '../world/assets.ts';
import type { World } from '../world/world.ts';
import type { Call } from './call.ts';
import { badParameter, whatsappError } from './errors.ts';

/** Meta: Cloud API › Register a business phone number: ten calls for a number in 72 hours. */
const limit = { calls: 10, windowMs: 72 * 60 * 60 * 1000 };

const regions = ['AU', 'ID', 'IN', 'JP', 'SG', 'KR', 'DE', 'CH', 'GB', 'BR', 'BH', 'ZA', 'AE', 'CA'];

/** `POST /{phone}/register`: the number becomes usable on Cloud API. */
export function register(phone: Phone, { world, parameters }: Call): { success: true } {
  const pin = checkParameters(parameters);
  countCall(world, phone);
  if (!phone.verified) {
    throw whatsappError(133006, 'Phone number needs to be verified before registering');
  }
  if (phone.pin !== null && phone.pin !== pin) {
    throw whatsappError(133005, 'Two step verification PIN Mismatch');
  }
  phone.pin = pin;
  phone.registered = true;
  phone.quality = 'GREEN';
  world.announce({ kind: 'number-registered', phoneId: phone.id });
  return { success: true };
}

function checkParameters(parameters: Map<string, string>): string {
  if (parameters.get('messaging_product') !== 'whatsapp') {
    throw badParameter(
      'The parameter messaging_product is required.',
      'messaging_product must be "whatsapp".',
    );
  }
  const pin = parameters.get('pin');
  if (pin === undefined) throw badParameter('The parameter pin is required.');
  if (!/^\d{6}$/.test(pin)) throw badParameter('Invalid parameter', 'pin must be 6 digits.');
  const region = parameters.get('data_localization_region');
  if (region !== undefined && !regions.includes(region)) {
    throw badParameter('Invalid parameter', `data_localization_region must be one of ${regions.join(', ')}.`);
  }
  return pin;
}

function countCall(world: World, phone: Phone): void {
  const now = world.clock.now();
  phone.registrations = phone.registrations.filter((at) => at > now - limit.windowMs);
  if (phone.registrations.length >= limit.calls) {
    throw whatsappError(
      133016,
      'Account register deregister rate limit exceeded',
      'There were too many requests to register or deregister this phone number. Try again after 72 hours.',
    );
  }
  phone.registrations.push(now);
}
