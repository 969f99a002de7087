import type { Business } from '../../world/assets.ts';
import { permissionDenied } from '../business/business-role.ts';
import { type Call, requirePermission, requireSystemToken } from '../frame/call.ts';
import { methodError } from '../frame/errors.ts';
import type { Edge } from '../frame/node-type.ts';

/**
 * `POST /{customer's business}/onboard_partners_to_mm_lite`: asks a customer to let the partner send Marketing
 * Messages. Asked again while the first request waits, it gives that one.
 */
export const onboardToMarketing: Edge<Business> = {
  check: (_business, { caller }) => requirePermission(caller, 'whatsapp_business_management'),
  post: (business, call) => {
    const { world, caller } = call;
    const partnerBusinessId = requireSystemToken(caller).businessId;
    if (partnerBusinessId === business.id) {
      throw permissionDenied('End business is not eligible for MM Lite onboarding');
    }
    const solutionId = readSolution(call);
    const clients = world.businesses.get(partnerBusinessId)?.clients;
    const eligible = [...business.owned].filter((waba) => clients?.has(waba) && waba.banState === 'NONE');
    if (eligible.length === 0) {
      throw methodError(100, 'No eligible WhatsApp Business Accounts found for MM Lite onboarding');
    }
    const waiting = [...world.marketingRequests.values()].find(
      (request) => request.partnerBusinessId === partnerBusinessId && request.businessId === business.id,
    );
    if (waiting) return { request_id: waiting.id };
    const request = { ...world.newIdentity(), partnerBusinessId, businessId: business.id, solutionId };
    world.marketingRequests.set(request.id, request);
    return { request_id: request.id };
  },
};

function readSolution({ world, caller, parameters }: Call): string | null {
  const id = parameters.get('solution_id');
  if (id === undefined) return null;
  if (!/^\d+$/.test(id))
    throw methodError(100, 'Invalid parameter: solution_id must be a valid numeric string');
  const solution = world.solutions.get(id);
  if (solution?.ownerAppId === caller.app.id || solution?.partnerAppId === caller.app.id) return id;
  throw methodError(803, 'WhatsApp Business Solution not found or not accessible');
}
