import * as v from 'valibot';
import type { Activity } from '../../world/account-extras.ts';
import type { Waba } from '../../world/assets.ts';
import type { Happening } from '../../world/happening.ts';
import type { World } from '../../world/world.ts';
import { badParameter } from '../frame/errors.ts';
import { type Edge, listing, type NodeType } from '../frame/node-type.ts';
import { readInput } from '../frame/read-input.ts';
import { isoTime } from './number.ts';

/** A line of an account's log. Meta: WhatsApp Business Account Activities API. */
const activityNode: NodeType<Activity> = {
  name: 'WhatsAppBusinessAccountActivity',
  find: () => undefined,
  defaults: ['activity_type', 'timestamp', 'actor_type', 'description'],
  fields: {
    activity_type: ({ type }) => type,
    timestamp: ({ at }) => isoTime(at),
    actor_type: () => 'SYSTEM',
    description: ({ description }) => description,
  },
};

/** `/{waba}/activities`, the newest first. */
export const activities: Edge<Waba> = {
  get: (waba, call) => {
    const {
      since,
      until,
      activity_type: type,
    } = readInput(call, {
      since: v.optional(v.string()),
      until: v.optional(v.string()),
      activity_type: v.optional(v.string()),
    });
    const [from, to] = [readTime('since', since, 0), readTime('until', until, Number.POSITIVE_INFINITY)];
    const types = type?.split(',').map((one) => one.trim());
    return listing(activityNode, call.world.messaging.account(waba.id).activities, {
      direction: 'descending',
      visible: (activity) =>
        activity.at >= from && activity.at <= to && (types?.includes(activity.type) ?? true),
    });
  },
};

/** Unix time in seconds, or a date. */
function readTime(name: string, value: string | undefined, otherwise: number): number {
  if (value === undefined) return otherwise;
  const at = /^\d+$/.test(value) ? Number(value) * 1000 : Date.parse(value);
  if (Number.isNaN(at)) throw badParameter(`Param ${name} must be a timestamp.`);
  return at;
}

/** What each happening is in the log; what is not here is message traffic, or is told elsewhere. */
const lines: Partial<Record<Happening['kind'], [type: string, description: string]>> = {
  'signup-finished': ['API_ACCESS_GRANTED', 'An app was given access to the account.'],
  'number-registered': ['ACCOUNT_UPDATED', 'A phone number was registered with Cloud API.'],
  'pin-changed': ['SECURITY_EVENT', 'The two-step verification PIN of a phone number was changed.'],
  'template-changed': ['TEMPLATE_UPDATED', 'The status of a message template changed.'],
  'name-reviewed': ['ACCOUNT_UPDATED', 'A display name was reviewed.'],
  'account-reviewed': ['ACCOUNT_UPDATED', 'The account was reviewed.'],
  'account-ban': ['COMPLIANCE_ACTION', 'The ban state of the account changed.'],
  'account-violation': ['COMPLIANCE_ACTION', 'The account violated a policy.'],
  'account-restricted': ['COMPLIANCE_ACTION', 'The account was restricted.'],
  'account-deleted': ['ACCOUNT_DELETED', 'The account was deleted.'],
  'partner-removed': ['API_ACCESS_REVOKED', 'A partner was taken off the account.'],
  'app-uninstalled': ['API_ACCESS_REVOKED', 'An app was taken off the account.'],
};

/** Writes down what happens to accounts, from now on. */
export function keepActivities(world: World): void {
  world.onHappening((happening) => {
    const line = lines[happening.kind];
    const wabaId = wabaIdOf(world, happening);
    if (!line || wabaId === undefined) return;
    const [type, description] = line;
    const at = world.clock.now();
    world.messaging.account(wabaId).activities.add({ ...world.newIdentity(), type, description, at });
  });
}

function wabaIdOf(world: World, happening: Happening): string | undefined {
  if ('wabaId' in happening) return happening.wabaId;
  return 'phoneId' in happening ? world.phones.get(happening.phoneId)?.wabaId : undefined;
}
