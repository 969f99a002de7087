import { hourMs } from '../../durations.ts';
import type { Phone } from '../../world/assets.ts';
import type { World } from '../../world/world.ts';
import { badParameter, whatsappError } from '../frame/errors.ts';
import { required } from '../frame/input.ts';

/**
 * Meta names the two lock-outs (Cloud API › Error codes: 133008, 133009) and not their numbers. These are the
 * sandbox's own: no sixth guess within twelve hours of five wrong ones, and no third within ten seconds of two.
 */
const tooMany = { guesses: 5, windowMs: 12 * hourMs };
const tooFast = { guesses: 2, windowMs: 10_000 };

/** A two-step verification PIN out of a request. */
export function readPin(parameters: ReadonlyMap<string, string>): string {
  const pin = required(parameters, 'pin');
  if (!/^\d{6}$/.test(pin)) {
    throw badParameter('Invalid PIN format. PIN must be exactly 6 digits', 'pin must be exactly 6 digits.');
  }
  return pin;
}

/** Compares a guess with the number's PIN; without one, any is right. Wrong guesses lead to a lock-out. */
export function checkPin(world: World, phone: Phone, guess: string): void {
  if (phone.pin === null) return;
  const now = world.clock.now();
  phone.wrongPins = phone.wrongPins.filter((at) => at > now - tooMany.windowMs);
  refuse(133008, 'Too Many two step verification PIN Guesses', phone, now, tooMany);
  refuse(133009, 'Two step verification PIN Guessed Too Fast', phone, now, tooFast);
  if (phone.pin === guess) {
    phone.wrongPins = [];
    return;
  }
  phone.wrongPins.push(now);
  throw whatsappError(133005, 'Two step verification PIN Mismatch', 'Two-step verification PIN incorrect.');
}

function refuse(
  code: number,
  message: string,
  phone: Phone,
  now: number,
  limit: { guesses: number; windowMs: number },
): void {
  const recent = phone.wrongPins.filter((at) => at > now - limit.windowMs);
  const first = recent.at(-limit.guesses);
  if (first === undefined) return;
  const seconds = Math.ceil((first + limit.windowMs - now) / 1000);
  throw whatsappError(
    code,
    message,
    `Too many two-step verification PIN guesses for this phone number. Try again in ${seconds} seconds.`,
  );
}
