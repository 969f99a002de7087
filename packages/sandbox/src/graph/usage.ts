import type { Call } from './call.ts';
import { GraphError } from './errors.ts';
import type { NodeAnswer } from './node-type.ts';

const hourMs = 60 * 60 * 1000;

/** How many calls an hour an app may make to one thing. Meta: Graph API › Rate limits › Business use case. */
export interface Quota {
  /** What it is counted for, as the usage header names it: an account, or a business. */
  id: string;
  /** Tells several allowances of one id apart. */
  use: 'account' | 'credit' | 'verification';
  callsPerHour: number;
}

/** How much of an hour's allowance an app has used. */
export interface Usage {
  id: string;
  /** Percent. */
  used: number;
  minutesToWait: number;
}

/** Counts a call against the allowance of what it is for, and refuses it where the hour's is used up. */
export function countCall(call: Call, found: NodeAnswer, edgeName: string | undefined): Usage | null {
  const { type, node } = found;
  const edges = type.edges ?? {};
  const edge = edgeName !== undefined && Object.hasOwn(edges, edgeName) ? edges[edgeName] : undefined;
  const quota = (edge?.quota ?? type.quota)?.(node, call);
  return quota ? countAgainst(quota, call) : null;
}

function countAgainst({ id, use, callsPerHour }: Quota, { world, caller }: Call): Usage {
  const now = world.clock.now();
  const key = use === 'account' ? `${caller.app.id}:${id}` : `${caller.app.id}:${id}:${use}`;
  const calls = world.calls.get(key) ?? [];
  world.calls.set(key, calls);
  while (calls[0] !== undefined && calls[0] <= now - hourMs) calls.shift();
  if (calls.length < callsPerHour) {
    calls.push(now);
    return { id, used: Math.ceil((calls.length / callsPerHour) * 100), minutesToWait: 0 };
  }
  const minutesToWait = Math.ceil(((calls[0] ?? now) + hourMs - now) / 60_000);
  throw new RateLimitError({ id, used: 100, minutesToWait });
}

/** 80008: Meta: Graph API › Rate limits › Business use case. */
export class RateLimitError extends GraphError {
  readonly usage: Usage;

  constructor(usage: Usage) {
    super({
      message:
        '(#80008) There have been too many calls to this WhatsApp Business account. Wait a bit and try again. For more info, please refer to https://developers.facebook.com/docs/graph-api/overview/rate-limiting.',
      type: 'OAuthException',
      code: 80008,
      status: 403,
    });
    this.usage = usage;
  }
}

/** `X-App-Usage` and `X-Business-Use-Case-Usage`, in percent. Meta: Graph API › Rate limits. */
export function usageHeaders(headers: Headers, usage: Usage | null): void {
  headers.set('x-app-usage', JSON.stringify({ call_count: 0, total_cputime: 0, total_time: 0 }));
  if (usage === null) return;
  const business = {
    type: 'whatsapp_business_management',
    call_count: Math.min(100, usage.used),
    total_cputime: 0,
    total_time: 0,
    estimated_time_to_regain_access: usage.minutesToWait,
  };
  headers.set('x-business-use-case-usage', JSON.stringify({ [usage.id]: [business] }));
}
