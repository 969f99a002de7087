import type { Quota } from '../frame/usage.ts';

/** Meta: WhatsApp Business Management API › Rate limits: 5,000 calls an hour to the credit line endpoints. */
export function creditQuota(businessId: string): Quota {
  return { id: businessId, use: 'credit', callsPerHour: 5000 };
}
