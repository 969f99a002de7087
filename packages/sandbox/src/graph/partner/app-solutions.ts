import type { App } from '../../world/access.ts';
import { orderedOf } from '../../world/ordered.ts';
import { type Call, requirePermission, requireSystemToken } from '../frame/call.ts';
import { badParameter } from '../frame/errors.ts';
import { optionalChoice, required } from '../frame/input.ts';
import { requiredChoices } from '../frame/list-parameter.ts';
import { type Edge, listing } from '../frame/node-type.ts';
import { solutionNode } from './solution-node.ts';

const check = (_app: App, { caller }: Call) => {
  requireSystemToken(caller);
  requirePermission(caller, 'whatsapp_business_management');
};

/** `POST /{app}/whatsapp_business_solution`: the app becomes its owner, and the other app is invited. */
export const createSolution: Edge<App> = {
  check,
  post: (app, { world, parameters }) => {
    const name = required(parameters, 'solution_name');
    const partnerAppId = required(parameters, 'partner_app_id');
    if (partnerAppId === app.id || !world.apps.has(partnerAppId)) {
      throw badParameter('Invalid parameter value for partner_app_id');
    }
    const ownerPermissions = readPermissions(parameters, 'owner_permissions');
    const partnerPermissions = readPermissions(parameters, 'partner_permissions');
    // One of the two sends the customers' messages, and only one.
    if (ownerPermissions.length + partnerPermissions.length !== 1) {
      throw badParameter('Invalid Permissions for either of the partners');
    }
    const identity = world.newIdentity();
    world.solutions.set(identity.id, {
      ...identity,
      name,
      ownerAppId: app.id,
      partnerAppId,
      invitationId: world.newIdentity().id,
      ownerPermissions,
      partnerPermissions,
      status: 'INITIATED',
      pending: 'PENDING_ACTIVATION',
    });
    world.announce({ kind: 'solution-changed', solutionId: identity.id, event: 'SOLUTION_CREATED' });
    return { solution_id: identity.id };
  },
};

/** `GET /{app}/whatsapp_business_solutions[?role=OWNER|PARTNER]`. */
export const appSolutions: Edge<App> = {
  check,
  get: (app, { world, parameters }) => {
    const role = optionalChoice(parameters, 'role', ['OWNER', 'PARTNER']);
    const found = [...world.solutions.values()].filter(
      ({ ownerAppId, partnerAppId }) =>
        (role !== 'PARTNER' && ownerAppId === app.id) || (role !== 'OWNER' && partnerAppId === app.id),
    );
    return listing(solutionNode, orderedOf(found));
  },
};

function readPermissions(parameters: Map<string, string>, name: string): string[] {
  return [...new Set(requiredChoices(parameters, name, ['MESSAGING']))];
}
