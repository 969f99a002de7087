import * as v from 'valibot';
import type { Group } from '../../world/number-extras.ts';
import { uniqueText } from '../../world/unique-text.ts';
import type { World } from '../../world/world.ts';
import type { Call } from '../frame/call.ts';
import { badParameter } from '../frame/errors.ts';
import type { NodeType } from '../frame/node-type.ts';
import { isWhatsApp, json, readInput, text, waId } from '../frame/read-input.ts';
import { joinRequests, mostParticipants } from './join-requests.ts';
import { readFile, sha256 } from './media.ts';
import { needsMessaging, unixTime, visiblePhone } from './number.ts';

const pictures = { 'image/jpeg': 5 * 1024 * 1024 };

/** What a group says of itself. Meta: Cloud API › Groups › Create a group. */
export const groupEntries = {
  subject: v.pipe(v.string(), v.trim(), text(128)),
  description: text(2048, 0),
};

/** A group that a number opened. Meta: Cloud API › Groups. */
export const groupNode: NodeType<Group> = {
  name: 'WhatsAppBusinessGroup',
  find: (id, call) => {
    const group = call.world.messaging.groups.get(id);
    return group && visiblePhone(group.phoneId, call) ? group : undefined;
  },
  check: needsMessaging,
  defaults: [
    'messaging_product',
    'id',
    'subject',
    'description',
    'creation_timestamp',
    'suspended',
    'join_approval_mode',
    'total_participant_count',
    'participants',
  ],
  fields: {
    messaging_product: () => 'whatsapp',
    subject: (group) => group.subject,
    description: (group) => group.description,
    creation_timestamp: (group) => unixTime(group.createdAt),
    suspended: () => false,
    join_approval_mode: (group) => group.approval,
    total_participant_count: (group) => group.participants.size,
    participants: (group) => [...group.participants].map((id) => ({ wa_id: id })),
  },
  update: async (group, call) => {
    const input = readInput(call, { ...isWhatsApp, ...v.partial(v.object(groupEntries)).entries });
    if (call.files.has('file')) group.picture = sha256((await readFile(call, pictures)).bytes);
    group.subject = input.subject ?? group.subject;
    group.description = input.description ?? group.description;
    return accepted(call);
  },
  remove: (group, { world }) => {
    world.messaging.groups.delete(group.id);
    world.messaging.number(group.phoneId).groups.remove(group);
    return { success: true };
  },
  edges: {
    invite_link: {
      post: (group, call) => {
        readInput(call, isWhatsApp);
        group.inviteCode = newInviteCode(call.world);
        return { messaging_product: 'whatsapp', invite_link: inviteLink(group) };
      },
      // Meta answers text here where it answers true or false elsewhere.
      delete: (group, call) => {
        readInput(call, isWhatsApp);
        group.inviteCode = null;
        return { messaging_product: 'whatsapp', success: 'true' };
      },
    },
    join_requests: joinRequests,
    participants: {
      post: (group, call) => {
        const people = readPeople(call);
        if (new Set([...group.participants, ...people]).size > mostParticipants) {
          throw badParameter(`A group has at most ${mostParticipants} participants.`);
        }
        for (const id of people) group.participants.add(id);
        return accepted(call);
      },
      delete: (group, call) => {
        for (const id of readPeople(call)) group.participants.delete(id);
        return accepted(call);
      },
    },
  },
};

function readPeople(call: Call): string[] {
  const input = readInput(call, {
    ...isWhatsApp,
    participants: json(
      v.pipe(
        v.array(v.object({ user: waId })),
        v.minLength(1, 'must not be empty'),
        v.maxLength(mostParticipants, `must have at most ${mostParticipants} entries`),
      ),
    ),
  });
  return input.participants.map(({ user }) => user);
}

/** Meta does these things later, and tells of them by webhook. */
function accepted({ world }: Call) {
  return { messaging_product: 'whatsapp', request_id: world.newIdentity().id };
}

export const newInviteCode = (world: World): string => uniqueText(world, 22);

const inviteLink = (group: Group): string => `https://chat.whatsapp.com/${group.inviteCode}`;
