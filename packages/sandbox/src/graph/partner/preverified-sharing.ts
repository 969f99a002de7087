import type { Business, PreverifiedNumber } from '../../world/assets.ts';
import type { World } from '../../world/world.ts';
import { permissionDenied, requireAdmin } from '../business/business-role.ts';
import { type Call, requirePermission } from '../frame/call.ts';
import { badParameter, methodError } from '../frame/errors.ts';
import { required } from '../frame/input.ts';
import type { Edge } from '../frame/node-type.ts';

/** `/{business}/share_preverified_numbers?preverified_id=&partner_business_id=`, POST to share and DELETE to stop. */
export const sharePreverified: Edge<Business> = {
  check: (business, call) => {
    const denied = "Your business doesn't have permission to share this pre-verified phone number";
    requirePermission(call.caller, 'business_management');
    if (requireAdmin(call, denied).businessId !== business.id) throw permissionDenied(denied);
  },
  post: (business, call) => {
    const { number, partner } = readPair(business, call);
    // Meta: Pre-verified phone numbers › Sharing: with partners of a solution that one is part of.
    if (!sharesSolution(call.world, business, partner)) {
      throw permissionDenied('Target business is not accessible or sharing is not allowed', 1349175);
    }
    if (number.verification !== 'VERIFIED') {
      throw methodError(100, 'Pre-verified phone number is not in a shareable state');
    }
    if (number.partners.has(partner.id)) {
      throw methodError(100, 'Pre-verified phone number is already shared with the target business');
    }
    number.partners.add(partner.id);
    partner.preverified.add(number);
    return { success: true };
  },
  delete: (business, call) => {
    const { number, partner } = readPair(business, call);
    if (!number.partners.delete(partner.id)) {
      throw methodError(100, 'Pre-verified phone number is not shared with the target business');
    }
    partner.preverified.remove(number);
    return { success: true };
  },
};

function readPair(
  business: Business,
  { world, parameters }: Call,
): { number: PreverifiedNumber; partner: Business } {
  const id = required(parameters, 'preverified_id');
  if (!/^\d+$/.test(id)) throw badParameter('Invalid preverified_id: must be a valid numeric string');
  const partner = world.businesses.get(required(parameters, 'partner_business_id'));
  if (!partner) {
    throw badParameter('Invalid partner_business_id: business not found or not accessible');
  }
  const number = world.preverified.get(id);
  if (!number || number.businessId !== business.id || number.claimedBy !== null) {
    throw methodError(803, 'Pre-verified phone number not found');
  }
  return { number, partner };
}

function sharesSolution(world: World, business: Business, partner: Business): boolean {
  return [...world.solutions.values()].some(({ status, ownerAppId, partnerAppId }) => {
    const sides = [ownerAppId, partnerAppId].map((id) => world.apps.get(id)?.businessId);
    return (
      status === 'ACTIVE' &&
      business.id !== partner.id &&
      sides.includes(business.id) &&
      sides.includes(partner.id)
    );
  });
}
