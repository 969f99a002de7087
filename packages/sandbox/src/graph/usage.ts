import type { World } from '../world.ts';

const hourMs = 60 * 60 * 1000;

/** Meta: WhatsApp Business Management API › Rate limits: calls an hour before and after the first registration. */
const callsPerHour = { fresh: 200, registered: 5000 };

/**
 * Counts a call to an account and tells how much of the hour's allowance is used, in percent.
 * Meta: Graph API › Rate limits, `X-Business-Use-Case-Usage`.
 */
export function usageHeaders(world: World, wabaId: string | null): Record<string, string> {
  const appUsage = { call_count: 0, total_cputime: 0, total_time: 0 };
  const headers: Record<string, string> = { 'x-app-usage': JSON.stringify(appUsage) };
  if (wabaId === null) return headers;
  const now = world.clock.now();
  const calls = [...(world.calls.get(wabaId) ?? []), now].filter((at) => at > now - hourMs);
  world.calls.set(wabaId, calls);
  const registered = [...world.phones.values()].some((phone) => phone.wabaId === wabaId && phone.registered);
  const allowed = registered ? callsPerHour.registered : callsPerHour.fresh;
  const usage = {
    type: 'whatsapp',
    call_count: Math.min(100, Math.ceil((calls.length / allowed) * 100)),
    total_cputime: 0,
    total_time: 0,
    estimated_time_to_regain_access: 0,
  };
  headers['x-business-use-case-usage'] = JSON.stringify({ [wabaId]: [usage] });
  return headers;
}
