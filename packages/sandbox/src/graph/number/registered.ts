import type { Phone } from '../../world/assets.ts';
import { whatsappError } from '../frame/errors.ts';

/** 133010. Meta: Cloud API › Error codes. */
export function requireRegistered(phone: Phone): void {
  if (phone.registered) return;
  throw whatsappError(
    133010,
    'Account not registered',
    'Account does not exist in Cloud API, please use /register API to create an account first',
  );
}
