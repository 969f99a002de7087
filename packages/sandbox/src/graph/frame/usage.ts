import type { Call } from './call.ts';
import { GraphError } from './errors.ts';
import type { NodeAnswer } from './node-type.ts';

const hourMs = 60 * 60 * 1000;

/** Meta: Graph API › Rate limits › Platform: calls an hour for each person who uses the app on a day. */
const callsPerUser = 200;

/** How many calls an hour an app may make to one thing. Meta: Graph API › Rate limits › Business use case. */
export interface Quota {
  /** What it is counted for, as the usage header names it: an account, or a business. */
  id: string;
  /** Tells several allowances of one id apart. */
  use: 'account' | 'credit' | 'verification';
  callsPerHour: number;
}

/** Where an hour's allowance stands. */
interface Spent {
  /** Percent. */
  used: number;
  /** 0 while calls are still allowed. */
  minutesToWait: number;
}

/**
 * Counts a call against the allowance of what it is for, or else against the app's own, says in the headers how
 * much of that is used, and refuses it where nothing is left. `place` is null for what is no object.
 */
export function countCall(
  call: Call,
  place: { found: NodeAnswer; edge: string | undefined } | null,
  headers: Headers,
): void {
  const { world, caller } = call;
  const quota = place && quotaOf(place.found, place.edge, call);
  const callsOfApp = callsPerUser * caller.app.dailyUsers;
  if (!quota) {
    const spent = spend(call, caller.app.id, callsOfApp);
    appHeader(headers, spent.used);
    if (spent.minutesToWait > 0) throw appLimitReached();
    return;
  }
  const calls = world.calls.get(caller.app.id) ?? [];
  appHeader(headers, percent(calls.length - firstAlive(calls, world.clock.now()), callsOfApp));
  const { id, use, callsPerHour } = quota;
  const key = use === 'account' ? `${caller.app.id}:${id}` : `${caller.app.id}:${id}:${use}`;
  const spent = spend(call, key, callsPerHour);
  businessHeader(headers, id, spent);
  if (spent.minutesToWait > 0) throw businessLimitReached();
}

function quotaOf({ type, node }: NodeAnswer, edgeName: string | undefined, call: Call): Quota | null {
  const edges = type.edges ?? {};
  const edge = edgeName !== undefined && Object.hasOwn(edges, edgeName) ? edges[edgeName] : undefined;
  return (edge?.quota ?? type.quota)?.(node, call) ?? null;
}

/** Takes one call from a rolling hour, where one is left. */
function spend({ world }: Call, key: string, callsPerHour: number): Spent {
  const now = world.clock.now();
  const calls = world.calls.get(key) ?? [];
  world.calls.set(key, calls);
  calls.splice(0, firstAlive(calls, now));
  if (calls.length < callsPerHour) {
    calls.push(now);
    return { used: percent(calls.length, callsPerHour), minutesToWait: 0 };
  }
  const [oldest = now] = calls;
  return { used: 100, minutesToWait: Math.ceil((oldest + hourMs - now) / 60_000) };
}

/** The place of the first call that still counts. */
function firstAlive(calls: readonly number[], now: number): number {
  const place = calls.findIndex((at) => at > now - hourMs);
  return place === -1 ? calls.length : place;
}

const percent = (count: number, of: number): number => Math.min(100, Math.ceil((count / of) * 100));

/** 4: Meta: Graph API › Rate limits › Platform. */
function appLimitReached(): GraphError {
  return new GraphError({
    message: '(#4) Application request limit reached',
    type: 'OAuthException',
    code: 4,
    isTransient: true,
    status: 403,
  });
}

/** 80008: Meta: Graph API › Rate limits › Business use case. */
function businessLimitReached(): GraphError {
  return new GraphError({
    message:
      '(#80008) There have been too many calls to this WhatsApp Business account. Wait a bit and try again. For more info, please refer to https://developers.facebook.com/docs/graph-api/overview/rate-limiting.',
    type: 'OAuthException',
    code: 80008,
    status: 403,
  });
}

/** How much of its own calls the app used, in percent. Time is not what runs out here, so the times stay 0. */
export function appHeader(headers: Headers, used: number): void {
  headers.set('x-app-usage', JSON.stringify({ call_count: used, total_cputime: 0, total_time: 0 }));
}

/** The same of what `id` names: an account, a business, or an app. */
export function businessHeader(headers: Headers, id: string, { used, minutesToWait }: Spent): void {
  const usage = {
    type: 'whatsapp_business_management',
    call_count: used,
    total_cputime: 0,
    total_time: 0,
    estimated_time_to_regain_access: minutesToWait,
  };
  headers.set('x-business-use-case-usage', JSON.stringify({ [id]: [usage] }));
}
