import type { SystemUser } from '../../world/access.ts';
import type { Assignment, Waba } from '../../world/assets.ts';
import { orderedOf } from '../../world/ordered.ts';
import { permissionDenied, requireAdmin } from '../business/business-role.ts';
import type { Call } from '../frame/call.ts';
import { badParameter, methodError } from '../frame/errors.ts';
import { required } from '../frame/input.ts';
import { requiredChoices } from '../frame/list-parameter.ts';
import { type Edge, type Listing, listing, type NodeType } from '../frame/node-type.ts';
import { configuredPermissions, fullAccessTasks, tasks } from './tasks.ts';

/** A user of an account, and what the user may do there. */
interface AssignedUser {
  id: string;
  order: number;
  user: SystemUser;
  assignment: Assignment;
}

/** Meta: WhatsApp Business Account › Assigned users. Read through an account's edge alone. */
const assignedUserNode: NodeType<AssignedUser> = {
  name: 'AssignedUser',
  find: () => undefined,
  defaults: ['id', 'name', 'tasks'],
  fields: {
    name: ({ user }) => user.name,
    tasks: ({ assignment }) => [...assignment.tasks],
    business: ({ user }, { world }) => ({
      name: world.businesses.get(user.businessId)?.name ?? '',
      id: user.businessId,
    }),
    user_type: () => 'SYSTEM_USER',
  },
};

/** `/{waba}/assigned_users`. Meta: Solution Partners › Manage system users. */
export const assignedUsers: Edge<Waba> = { get: list, post: assign, delete: unassign };

/** The assigned users of one business, which must be named: the account's owner, or one that it is shared with. */
function list(waba: Waba, { world, parameters }: Call): Listing {
  const businessId = parameters.get('business');
  if (!businessId) throw badParameter('The parameter business is required to specify a business');
  const business = world.businesses.get(businessId);
  if (!business?.owned.has(waba) && !business?.clients.has(waba)) {
    throw permissionDenied('Need permission on WhatsAppBusinessAccount or this Business');
  }
  const users = [...waba.assigned].flatMap(([id, assignment]): AssignedUser[] => {
    const user = world.systemUsers.get(id);
    return user?.businessId === businessId ? [{ id, order: user.order, user, assignment }] : [];
  });
  return listing(assignedUserNode, orderedOf(users));
}

/** Who is assigned already gets the new tasks in place of the old, as everywhere in the Graph API. */
function assign(waba: Waba, call: Call): { success: true } {
  const admin = requireAdmin(
    call,
    "Your app doesn't have permission to add users to this WhatsApp Business Account",
  );
  const user = readUser(call, admin.businessId);
  const asked = requiredChoices(call.parameters, 'tasks', tasks);
  if (asked.length === 0) throw badParameter('The parameter tasks is required.');
  checkSolution(waba, call, asked);
  waba.assigned.set(user.id, { tasks: new Set(asked), assignedAt: call.world.clock.now() });
  return { success: true };
}

function unassign(waba: Waba, call: Call): { success: true } {
  const admin = requireAdmin(
    call,
    "Your app doesn't have permission to remove users from this WhatsApp Business Account",
  );
  const user = readUser(call, admin.businessId);
  if (waba.assigned.delete(user.id)) return { success: true };
  throw methodError(803, 'User is not assigned to this WhatsApp Business Account');
}

/** Only one's own system users can be assigned. */
function readUser({ world, parameters }: Call, businessId: string): SystemUser {
  const user = world.systemUsers.get(required(parameters, 'user'));
  if (user?.businessId === businessId) return user;
  throw badParameter('Invalid parameter: user must be a valid user ID');
}

/** Meta tells the rule, not the refusal's words. */
function checkSolution(waba: Waba, { world, caller }: Call, asked: readonly string[]): void {
  const solution = waba.solutionId === null ? undefined : world.solutions.get(waba.solutionId);
  if (!solution || configuredPermissions(solution, caller.app.id).includes('MESSAGING')) return;
  const beyond = asked.find((task) => (fullAccessTasks as readonly string[]).includes(task));
  if (beyond === undefined) return;
  throw permissionDenied(
    `The task ${beyond} needs full access to the Multi-Partner Solution. Choose granular tasks.`,
  );
}
