import type { Solution } from '../../world/partnership.ts';
import { permissionDenied } from '../business/business-role.ts';
import type { Call } from '../frame/call.ts';
import { badParameter, methodError } from '../frame/errors.ts';
import { optionalChoice } from '../frame/input.ts';

/** `POST /{solution}/accept`: the invited app says yes, and the solution can be used. */
export function accept(solution: Solution, call: Call): Record<string, unknown> {
  const { world, caller, parameters } = call;
  const named = parameters.get('partner_app_id') ?? caller.app.id;
  if (!/^\d+$/.test(named)) {
    throw badParameter('Invalid parameter: partner_app_id must be a valid numeric string');
  }
  if (named !== solution.partnerAppId || caller.app.id !== solution.partnerAppId) {
    throw permissionDenied('Your app is not invited to participate in this Multi-Partner Solution', 1349175);
  }
  if (solution.status !== 'INITIATED') {
    throw methodError(100, 'Solution cannot be accepted: solution is not in INITIATED status', 2207051);
  }
  change(call, solution, 'ACTIVE');
  return {
    solution_id: solution.id,
    partner_status: partnerStatus(solution),
    success: true,
    message: 'Solution partnership accepted successfully',
    update_time: new Date(world.clock.now()).toISOString(),
  };
}

/** Where the invited app stands. Meta: WhatsApp Business Solution › Accept, its `partner_status`. */
export function partnerStatus({ status }: Solution): string {
  if (status === 'ACTIVE') return 'ACCEPTED';
  return status === 'INITIATED' ? 'NOTIFICATION_SENT' : status;
}

/**
 * `POST /{solution}/reject`. Meta's guide lets the invited partner decline, without any parameter; its reference
 * gives the call to the owner, with a type. Both are taken: whoever has a request to answer, or takes one back.
 */
export function reject(solution: Solution, call: Call): Record<string, unknown> {
  const { world, parameters } = call;
  const type = parameters.get('request_type') ?? 'PARTNERSHIP_REQUEST';
  if (type !== 'PARTNERSHIP_REQUEST' && type !== 'DEACTIVATION_REQUEST') {
    throw badParameter('Invalid request_type. Must be PARTNERSHIP_REQUEST or DEACTIVATION_REQUEST');
  }
  const partnerAppId = parameters.get('partner_app_id') ?? solution.partnerAppId;
  if (type === 'PARTNERSHIP_REQUEST') {
    if (solution.status !== 'INITIATED' || partnerAppId !== solution.partnerAppId) throw nothingPending();
    change(call, solution, 'REJECTED');
  } else {
    if (solution.pending !== 'PENDING_DEACTIVATION') throw nothingPending();
    requirePartner(solution, call);
    change(call, solution, 'ACTIVE');
  }
  return {
    success: true,
    solution_id: solution.id,
    rejected_request_type: type,
    rejection_timestamp: new Date(world.clock.now()).toISOString(),
    ...(type === 'PARTNERSHIP_REQUEST' ? { partner_app_id: partnerAppId } : {}),
  };
}

/**
 * `POST /{solution}/send_deactivation_request`. Meta: Multi-Partner Solutions › Limitations: by who made it, and
 * while it is active. It stays in use until the other side agrees.
 */
export function askForEnd(solution: Solution, call: Call): Record<string, unknown> {
  if (call.caller.app.id !== solution.ownerAppId) {
    throw permissionDenied(
      "Your app doesn't have permission to request deactivation for this Multi-Partner Solution",
    );
  }
  if (solution.status !== 'ACTIVE' || solution.pending !== 'NONE') {
    const state = solution.pending === 'NONE' ? solution.status : solution.pending;
    throw methodError(100, `Solution is not in a state that allows deactivation. Current status: ${state}`);
  }
  change(call, solution, 'ACTIVE', 'PENDING_DEACTIVATION');
  return {
    success: true,
    message: 'Deactivation request submitted successfully',
    request_id: `deactivation_req_${call.world.newIdentity().id}`,
  };
}

/** `POST /{solution}/accept_deactivation_request`: nobody can be onboarded with it any more. */
export function acceptEnd(solution: Solution, call: Call): void {
  if (solution.pending !== 'PENDING_DEACTIVATION') {
    throw methodError(100, 'Solution is not in a valid state to accept deactivation requests', 2207013);
  }
  requirePartner(solution, call);
  change(call, solution, 'DEACTIVATED');
}

/** `POST /{solution}/reject_deactivation_request`: it stays as it was. */
export function rejectEnd(solution: Solution, call: Call): void {
  optionalChoice(call.parameters, 'reject_deactivation_request', ['true']);
  if (solution.pending !== 'PENDING_DEACTIVATION') {
    throw methodError(100, 'Solution must have pending deactivation request to reject');
  }
  requirePartner(solution, call);
  change(call, solution, 'ACTIVE');
}

/** Who asked for the end cannot agree to it too. */
function requirePartner(solution: Solution, { caller }: Call): void {
  if (caller.app.id === solution.partnerAppId) return;
  throw permissionDenied('You are not authorized to manage this Multi-Partner Solution');
}

function change(
  { world }: Call,
  solution: Solution,
  status: Solution['status'],
  pending: Solution['pending'] = 'NONE',
): void {
  solution.status = status;
  solution.pending = pending;
  world.announce({ kind: 'solution-changed', solutionId: solution.id, event: 'SOLUTION_UPDATED' });
}

const nothingPending = () =>
  methodError(100, 'No pending request of the specified type found for this solution');
