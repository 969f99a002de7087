import { dayMs } from '../../durations.ts';
import type { Phone } from '../../world/assets.ts';
import type { CallPermission } from '../../world/number-extras.ts';
import type { World } from '../../world/world.ts';
import type { Call } from '../frame/call.ts';
import { whatsappError } from '../frame/errors.ts';
import type { Edge } from '../frame/node-type.ts';
import { readInput, waId } from '../frame/read-input.ts';
import { requireRegistered } from '../number/registered.ts';
import { needsMessaging, unixTime } from './number.ts';

/** How often someone may be asked, and called. Meta: Cloud API › Calling › Obtain user call permissions. */
const limits = {
  requests: [
    { period: 'PT24H', ms: dayMs, most: 1 },
    { period: 'P7D', ms: 7 * dayMs, most: 2 },
  ],
  calls: [{ period: 'PT24H', ms: dayMs, most: 100 }],
};

/** Meta: a temporary permission is good for seven days. */
export const temporaryMs = 7 * dayMs;

/** `/{phone}/call_permissions` */
export const callPermissions: Edge<Phone> = {
  check: needsMessaging,
  get: (phone, call) => {
    const { user_wa_id: user } = readInput(call, { user_wa_id: waId });
    requireRegistered(phone);
    const { world } = call;
    const permission = permissionOf(world, phone, user);
    const status = grantedNow(world, permission);
    const requests = usage(world, permission.requests, limits.requests);
    const calls = usage(world, callsTo(world, phone, user), limits.calls);
    return {
      messaging_product: 'whatsapp',
      permission: {
        status: status === 'no' ? 'no_permission' : status,
        ...(status === 'temporary' && permission.expiresAt !== null
          ? { expiration_time: unixTime(permission.expiresAt) }
          : {}),
      },
      actions: [
        {
          action_name: 'send_call_permission_request',
          can_perform_action: !isUsedUp(requests),
          limits: requests,
        },
        { action_name: 'start_call', can_perform_action: status !== 'no' && !isUsedUp(calls), limits: calls },
      ],
    };
  },
};

/** A message that asks someone to be called. 138009: Meta: Cloud API › Calling › Error codes. */
export function askForCallPermission(phone: Phone, user: string, { world }: Call): void {
  const permission = permissionOf(world, phone, user);
  if (isUsedUp(usage(world, permission.requests, limits.requests))) {
    throw whatsappError(138009, 'Call permission request limit hit');
  }
  permission.requests.push(world.clock.now());
}

/** Refuses a call that nobody allowed, or one too many. */
export function requireCallPermission(phone: Phone, user: string, { world }: Call): void {
  if (grantedNow(world, permissionOf(world, phone, user)) === 'no') {
    throw whatsappError(
      138006,
      'No approved call permission from the recipient',
      'The WhatsApp user has not approved a call permission request of this phone number.',
    );
  }
  if (isUsedUp(usage(world, callsTo(world, phone, user), limits.calls))) {
    throw whatsappError(138005, 'Call rate limit exceeded');
  }
}

/** What someone said to being called by a number. */
export function permissionOf(world: World, phone: Phone, user: string): CallPermission {
  const { callPermissions: all } = world.messaging.number(phone.id);
  const permission = all.get(user) ?? { requests: [], granted: 'no', expiresAt: null };
  all.set(user, permission);
  return permission;
}

function grantedNow(world: World, { granted, expiresAt }: CallPermission): CallPermission['granted'] {
  return expiresAt !== null && expiresAt <= world.clock.now() ? 'no' : granted;
}

function callsTo({ messaging }: World, phone: Phone, user: string): number[] {
  return [...messaging.calls.values()].flatMap((call) =>
    call.phoneId === phone.id && call.to === user ? [call.startedAt] : [],
  );
}

interface Usage {
  time_period: string;
  max_allowed: number;
  current_usage: number;
  limit_expiration_time?: number;
}

function usage(world: World, times: readonly number[], all: (typeof limits)['calls']): Usage[] {
  return all.map(({ period, ms, most }) => {
    const within = times.filter((at) => at > world.clock.now() - ms);
    const [first] = within;
    return {
      time_period: period,
      max_allowed: most,
      current_usage: within.length,
      ...(within.length >= most && first !== undefined
        ? { limit_expiration_time: unixTime(first + ms) }
        : {}),
    };
  });
}

const isUsedUp = (all: Usage[]): boolean => all.some((one) => one.current_usage >= one.max_allowed);
