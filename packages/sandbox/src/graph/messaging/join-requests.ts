import * as v from 'valibot';
import type { Group, JoinRequest } from '../../world/messaging.ts';
import type { Call } from '../call.ts';
import { type Edge, listing, type NodeType } from '../node-type.ts';
import { unixTime } from './number.ts';
import { isWhatsApp, json, readInput } from './read-input.ts';

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
    const { done, failed } = settle(group, call);
    for (const { waId } of done) group.participants.add(waId);
    return answer('approved_join_requests', done, failed);
  },
  delete: (group, call) => {
    const { done, failed } = settle(group, call);
    return answer('rejected_join_requests', done, failed);
  },
};

/** Takes the named requests off the list. */
function settle(group: Group, call: Call): { done: JoinRequest[]; failed: string[] } {
  const { join_requests: ids } = readInput(call, {
    ...isWhatsApp,
    join_requests: json(v.pipe(v.array(v.string()), v.minLength(1, 'must not be empty'))),
  });
  const waiting = new Map([...group.joinRequests].map((request) => [request.id, request]));
  const done = ids.flatMap((id) => waiting.get(id) ?? []);
  for (const request of done) group.joinRequests.remove(request);
  return { done, failed: ids.filter((id) => !waiting.has(id)) };
}

function answer(name: string, done: JoinRequest[], failed: string[]) {
  return {
    messaging_product: 'whatsapp',
    [name]: done.map(({ id }) => id),
    ...(failed.length === 0
      ? {}
      : {
          failed_join_requests: failed.map((id) => ({ join_request_id: id, errors: [unknownRequest] })),
          errors: [unknownRequest],
        }),
  };
}

const unknownRequest = {
  code: 100,
  title: 'Invalid parameter',
  message: '(#100) Invalid parameter',
  error_data: { details: 'The join request does not exist, or was answered already.' },
};
