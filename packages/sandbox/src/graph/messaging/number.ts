import type { Phone, Waba } from '../../world/assets.ts';
import { requireAccess } from '../access/access.ts';
import { maySeeWaba, wabaOf } from '../account/waba-access.ts';
import type { Call } from '../frame/call.ts';

/** Who looks, and at what world. */
type Seer = Pick<Call, 'world' | 'caller'>;

/** Who may send in a number's name, or use what it made. */
export function needsMessaging(node: Phone | { id: string; phoneId: string }, call: Seer): void {
  const phone = call.world.phones.get('phoneId' in node ? node.phoneId : node.id);
  if (phone) requireAccess(call, 'whatsapp_business_messaging', wabaOf(call, phone).businessId);
}

/** Who may change what an account has. */
export function needsManagement({ wabaId }: { wabaId: string }, call: Seer): void {
  const waba = call.world.wabas.get(wabaId);
  if (waba) requireAccess(call, 'whatsapp_business_management', waba.businessId);
}

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

/** The times of the endpoints that the OpenAPI file says to be `date-time`. */
export const isoTime = (at: number): string => new Date(at).toISOString().replace(/\.\d+Z$/, 'Z');

export const unixTime = (at: number): number => Math.floor(at / 1000);
