import * as v from 'valibot';
import type { Group, JoinRequest } from '../../world/number-extras.ts';
import type { World } from '../../world/world.ts';
import type { Call } from '../frame/call.ts';
import { type Edge, listing, type NodeType } from '../frame/node-type.ts';
import { isWhatsApp, json, readInput } from '../frame/read-input.ts';
import { unixTime } from './number.ts';

/** Meta: Cloud API › Groups: eight people, the business aside. */
export const mostParticipants = 8;

/** Someone who waits to be let into a group. Meta: Cloud API › Groups › Join requests. */
const joinRequestNode: NodeType<JoinRequest> = {
  name: 'WhatsAppBusinessGroupJoinRequest',
  find: () => undefined,
  idless: true,
  defaults: ['join_request_id', 'wa_id', 'creation_timestamp'],
  fields: {
    join_request_id: ({ id }) => id,
    wa_id: (request) => request.waId,
    creation_timestamp: (request) => unixTime(request.createdAt),
  },
};

/** `/{group}/join_requests` */
export const joinRequests: Edge<Group> = {
  get: (group) => listing(joinRequestNode, group.joinRequests),
  post: (group, call) => {
    const { found, unknown } = readRequests(group, call);
    const approved: JoinRequest[] = [];
    const failed = unknown.map((id) => failure(id, unknownRequest));
    for (const request of found) {
      if (group.participants.size >= mostParticipants) failed.push(failure(request.id, groupFull));
      else {
        group.joinRequests.remove(request);
        group.participants.add(request.waId);
        approved.push(request);
      }
    }
    return answer('approved_join_requests', approved, failed);
  },
  delete: (group, call) => {
    const { found, unknown } = readRequests(group, call);
    for (const request of found) group.joinRequests.remove(request);
    return answer(
      'rejected_join_requests',
      found,
      unknown.map((id) => failure(id, unknownRequest)),
    );
  },
};

/** Somebody follows the invite link: they are in, or wait to be let in. Gives why that cannot be. */
export function admit(world: World, group: Group, waId: string): string | null {
  if (group.inviteCode === null) return 'The group has no invite link.';
  if (group.participants.has(waId)) return 'They are in the group already.';
  if (group.participants.size >= mostParticipants) return 'The group is full.';
  if (group.approval === 'auto_approve') group.participants.add(waId);
  else if ([...group.joinRequests].some((request) => request.waId === waId)) return 'They asked already.';
  else group.joinRequests.add({ ...world.newIdentity(), waId, createdAt: world.clock.now() });
  return null;
}

/** The requests that a call names. */
function readRequests(group: Group, call: Call): { found: JoinRequest[]; unknown: string[] } {
  const { join_requests: ids } = readInput(call, {
    ...isWhatsApp,
    join_requests: json(v.pipe(v.array(v.string()), v.minLength(1, 'must not be empty'))),
  });
  const waiting = new Map([...group.joinRequests].map((request) => [request.id, request]));
  return {
    found: [...new Set(ids)].flatMap((id) => waiting.get(id) ?? []),
    unknown: ids.filter((id) => !waiting.has(id)),
  };
}

type Failure = ReturnType<typeof failure>;

function answer(name: string, done: JoinRequest[], failed: Failure[]) {
  return {
    messaging_product: 'whatsapp',
    [name]: done.map(({ id }) => id),
    ...(failed.length === 0
      ? {}
      : { failed_join_requests: failed, errors: failed.flatMap(({ errors }) => errors) }),
  };
}

const failure = (id: string, reason: string) => ({
  join_request_id: id,
  errors: [
    {
      code: 100,
      title: 'Invalid parameter',
      message: '(#100) Invalid parameter',
      error_data: { details: reason },
    },
  ],
});

const unknownRequest = 'The join request does not exist, or was answered already.';
const groupFull = `A group has at most ${mostParticipants} participants.`;
