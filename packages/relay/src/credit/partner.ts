import type { Secret } from '../secret.ts';
import type { Portal } from '../settings/settings.ts';

/** What a Solution Partner calls Meta with. */
export interface SystemUser {
  token: Secret;
  userId: string;
  businessId: string;
}

/** The settings demand all of it of a Solution Partner; null for any other portal. */
export function systemUserOf({ role, systemUser, businessId }: Portal): SystemUser | null {
  if (role !== 'solution-partner' || !systemUser?.id || businessId === null) return null;
  return { token: systemUser.token, userId: systemUser.id, businessId };
}
