import { hourMs } from '../../durations.ts';
import type { Phone } from '../../world/assets.ts';
import type { World } from '../../world/world.ts';
import { whatsappError } from '../frame/errors.ts';

/** Meta: Cloud API › Register a business phone number: ten calls for a number in 72 hours. */
const limit = { calls: 10, windowMs: 72 * hourMs };

/** Counts a call of `register` or `deregister`, which share one allowance. 133016: it is used up. */
export function countRegistration(world: World, phone: Phone): void {
  const now = world.clock.now();
  phone.registrations = phone.registrations.filter((at) => at > now - limit.windowMs);
  if (phone.registrations.length >= limit.calls) {
    throw whatsappError(
      133016,
      'Account register deregister rate limit exceeded',
      'Registration or Deregistration failed because there were too many attempts for this phone number in a short period of time. Try again after 72 hours.',
    );
  }
  phone.registrations.push(now);
}
