import type { Waba } from '../../world/assets.ts';
import type { Call } from '../frame/call.ts';
import { whatsappError } from '../frame/errors.ts';

/** May the caller know of this account? A business token was granted it, a system user's business owns or shares it. */
export function maySeeWaba({ world, caller }: Pick<Call, 'world' | 'caller'>, waba: Waba): boolean {
  if (caller.kind === 'app' || caller.token.kind === 'user') return false;
  const { token } = caller;
  if (token.wabaIds !== 'all') return token.wabaIds.includes(waba.id);
  const business = world.businesses.get(token.businessId);
  return business !== undefined && (business.owned.has(waba) || business.clients.has(waba));
}

/** The account of what belongs to one: a number, or a template. */
export function wabaOf({ world }: Pick<Call, 'world'>, part: { id: string; wabaId: string }): Waba {
  const waba = world.wabas.get(part.wabaId);
  if (!waba) throw new Error(`${part.id} belongs to no account.`);
  return waba;
}

/** 131031: Meta: Cloud API › Error codes: an account that was banned does nothing any more. */
export function refuseBanned(waba: Waba): void {
  if (waba.banState !== 'DISABLE') return;
  throw whatsappError(
    131031,
    'Business Account locked',
    'Business Account associated with the app has been restricted or disabled for violating a platform policy.',
    403,
  );
}

/** Is this kind of restriction in force? Meta: Webhooks › account_update › ACCOUNT_RESTRICTION. */
export function isRestricted({ world }: Pick<Call, 'world'>, waba: Waba, type: string): boolean {
  const now = world.clock.now();
  return waba.restrictions.some(
    (restriction) =>
      restriction.type === type && (restriction.expiresAt === null || restriction.expiresAt > now),
  );
}
