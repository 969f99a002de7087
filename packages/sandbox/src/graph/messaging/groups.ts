import * as v from 'valibot';
import type { Phone } from '../../world/assets.ts';
import type { Group } from '../../world/number-extras.ts';
import { createOrdered } from '../../world/ordered.ts';
import type { World } from '../../world/world.ts';
import { type Edge, listing } from '../frame/node-type.ts';
import { readPage } from '../frame/page.ts';
import { isWhatsApp, readInput } from '../frame/read-input.ts';
import { requireRegistered } from '../number/registered.ts';
import { groupEntries, groupNode, newInviteCode } from './group-node.ts';
import { needsMessaging, unixTime } from './number.ts';

/** `/{phone}/groups` */
export const groups: Edge<Phone> = {
  check: needsMessaging,
  get: (phone, { world, parameters, url }) => {
    const { items, paging } = readPage(listing(groupNode, groupsOf(world, phone)), parameters, url);
    const open = (items as Group[]).map(({ id, subject, createdAt }) => ({
      id,
      subject,
      created_at: String(unixTime(createdAt)),
    }));
    return { data: { groups: open }, ...(paging ? { paging } : {}) };
  },
  post: (phone, call) => {
    const input = readInput(call, {
      ...isWhatsApp,
      subject: groupEntries.subject,
      description: v.optional(groupEntries.description, ''),
      join_approval_mode: v.optional(v.picklist(['approval_required', 'auto_approve']), 'auto_approve'),
    });
    requireRegistered(phone);
    const { world } = call;
    const group: Group = {
      ...world.newIdentity(),
      phoneId: phone.id,
      subject: input.subject,
      description: input.description,
      approval: input.join_approval_mode,
      inviteCode: newInviteCode(world),
      participants: new Set(),
      joinRequests: createOrdered(),
      picture: null,
      createdAt: world.clock.now(),
    };
    world.messaging.groups.set(group.id, group);
    groupsOf(world, phone).add(group);
    return { messaging_product: 'whatsapp', request_id: world.newIdentity().id };
  },
};

const groupsOf = ({ messaging }: World, { id }: Phone) => messaging.number(id).groups;
