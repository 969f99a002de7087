import type { Phone, Waba } from '../../world/assets.ts';
import { type Call, requirePermission } from '../call.ts';
import { whatsappError } from '../errors.ts';
import { maySeeWaba } from '../waba-access.ts';

/** Who may send in a number's name. */
export function needsMessaging(_node: unknown, { caller }: Call): void {
  requirePermission(caller, 'whatsapp_business_messaging');
}

/** Who may change what an account has. */
export function needsManagement(_node: unknown, { caller }: Call): void {
  requirePermission(caller, 'whatsapp_business_management');
}

/** Who looks, and at what world. */
type Seer = Pick<Call, 'world' | 'caller'>;

/** The account with this id, where the caller may know of it. */
export function visibleWaba(id: string, call: Seer): Waba | undefined {
  const waba = call.world.wabas.get(id);
  return waba && maySeeWaba(call, waba) ? waba : undefined;
}

/** The number with this id, where the caller may know of it. */
export function visiblePhone(id: string, call: Seer): Phone | undefined {
  const phone = call.world.phones.get(id);
  return phone && visibleWaba(phone.wabaId, call) ? phone : undefined;
}

/** 133010. Meta: Cloud API › Error codes. */
export function requireRegistered(phone: Phone): void {
  if (phone.registered) return;
  throw whatsappError(
    133010,
    'Account not registered',
    'Account does not exist in Cloud API, please use /register API to create an account first',
  );
}

/** The times of Graph objects, such as `2026-05-21T11:18:09+0000`. */
export const graphTime = (at: number): string => new Date(at).toISOString().replace(/\.\d+Z$/, '+0000');

/** The times of the endpoints that the OpenAPI file says to be `date-time`. */
export const isoTime = (at: number): string => new Date(at).toISOString().replace(/\.\d+Z$/, 'Z');

export const unixTime = (at: number): number => Math.floor(at / 1000);
