import type { Assignment, Waba } from '../../world/assets.ts';
import { orderedOf } from '../../world/ordered.ts';
import { requirePermission } from '../frame/call.ts';
import { type Edge, listing, type NodeType } from '../frame/node-type.ts';
import { verificationStatus } from '../number/verification.ts';

/** An account, seen from a user that was assigned to it. */
interface AssignedAccount {
  id: string;
  order: number;
  waba: Waba;
  assignment: Assignment;
}

/** Meta: User › Assigned WhatsApp Business Accounts. Read through a user's edge alone. */
const assignedAccountNode: NodeType<AssignedAccount> = {
  name: 'WhatsAppBusinessAccount',
  find: () => undefined,
  defaults: ['id', 'name', 'status'],
  fields: {
    name: ({ waba }) => waba.name,
    status: ({ waba }) => statusOf(waba),
    assignment_date: ({ assignment }) => new Date(assignment.assignedAt).toISOString(),
    permissions: ({ assignment }) => [...assignment.tasks],
    business_id: ({ waba }) => waba.businessId,
    phone_numbers: ({ waba }, { world }) =>
      [...waba.numbers].map((phone) => ({
        id: phone.id,
        display_phone_number: phone.displayNumber,
        verified_name: phone.verifiedName,
        quality_rating: phone.quality === 'UNKNOWN' ? 'NA' : phone.quality,
        code_verification_status: verificationStatus(world, phone) === 'VERIFIED' ? 'VERIFIED' : 'UNVERIFIED',
        name_status: phone.nameStatus,
      })),
  },
};

/** `GET /{user}/assigned_whatsapp_business_accounts`, for the system users of the caller's business. */
export const assignedAccounts: Edge<{ id: string }> = {
  check: (_user, { caller }) => requirePermission(caller, 'whatsapp_business_management'),
  get: ({ id }, { world }) => {
    const business = world.businesses.get(world.systemUsers.get(id)?.businessId ?? '');
    const found: AssignedAccount[] = [];
    for (const waba of [...(business?.owned ?? []), ...(business?.clients ?? [])]) {
      const assignment = waba.assigned.get(id);
      if (assignment) found.push({ id: waba.id, order: waba.order, waba, assignment });
    }
    return listing(assignedAccountNode, orderedOf(found));
  },
};

function statusOf(waba: Waba): 'ACTIVE' | 'PENDING' | 'RESTRICTED' | 'DISABLED' {
  if (waba.banState === 'DISABLE') return 'DISABLED';
  if (waba.banState === 'SCHEDULE_FOR_DISABLE') return 'RESTRICTED';
  return waba.reviewStatus === 'PENDING' ? 'PENDING' : 'ACTIVE';
}
