import { orderedOf } from '../../world/ordered.ts';
import type { Solution } from '../../world/partnership.ts';
import type { World } from '../../world/world.ts';
import { type Call, requirePermission, requireSystemToken } from '../frame/call.ts';
import { type Handler, listing, type NodeType, nodeAnswer } from '../frame/node-type.ts';
import { solutionAccessToken } from './solution-access-token.ts';
import { accept, acceptEnd, askForEnd, partnerStatus, reject, rejectEnd } from './solution-requests.ts';
import { configuredPermissions, solutionTasks } from './tasks.ts';

/** A Multi-Partner Solution, as the apps in it see it. Meta: WhatsApp Business Solution. */
export const solutionNode: NodeType<Solution> = {
  name: 'WhatsAppBusinessSolution',
  find: (id, { world, caller }) => {
    const solution = world.solutions.get(id);
    const isIn = solution?.ownerAppId === caller.app.id || solution?.partnerAppId === caller.app.id;
    return isIn ? solution : undefined;
  },
  check: (_solution, { caller }) => {
    requireSystemToken(caller);
    requirePermission(caller, 'whatsapp_business_management');
  },
  defaults: ['name', 'status', 'status_for_pending_request', 'id'],
  fields: {
    name: (solution) => solution.name,
    status: (solution) => solution.status,
    status_for_pending_request: (solution) => solution.pending,
    owner_app: ({ ownerAppId }, { world }) => describeApp(world, ownerAppId),
    owner_permissions: (solution) => permissionsOf(solution, solution.ownerAppId),
  },
  edges: {
    partners: { get: (solution) => listing(solutionPartnerNode, orderedOf([partnerOf(solution)])) },
    access_token: { get: solutionAccessToken },
    accept: { post: accept },
    reject: { post: reject },
    send_deactivation_request: { post: askForEnd },
    accept_deactivation_request: { post: andShow(acceptEnd) },
    reject_deactivation_request: { post: andShow(rejectEnd) },
  },
};

/** Answers with the solution as it is then. */
function andShow(change: (solution: Solution, call: Call) => void): Handler<Solution> {
  return (solution, call) => {
    change(solution, call);
    return nodeAnswer(solutionNode, solution);
  };
}

interface SolutionPartner {
  id: string;
  order: number;
  solution: Solution;
}

/** The invited app's place in a solution. Meta: Multi-Partner Solutions › Step 4. */
const solutionPartnerNode: NodeType<SolutionPartner> = {
  name: 'WhatsAppBusinessSolutionPartner',
  find: () => undefined,
  defaults: ['partner_permissions', 'partner_app', 'id'],
  fields: {
    partner_app: ({ solution }, { world }) => describeApp(world, solution.partnerAppId),
    partner_permissions: ({ solution }) => permissionsOf(solution, solution.partnerAppId),
    status: ({ solution }) => partnerStatus(solution),
  },
};

function partnerOf(solution: Solution): SolutionPartner {
  return { id: solution.invitationId, order: solution.order, solution };
}

function permissionsOf(solution: Solution, appId: string): string[] {
  return [...solutionTasks, ...configuredPermissions(solution, appId)];
}

function describeApp(world: World, id: string) {
  const name = world.apps.get(id)?.name ?? '';
  return { link: `https://www.facebook.com/games/?app_id=${id}`, name, id };
}
