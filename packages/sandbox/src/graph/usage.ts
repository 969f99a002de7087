import type { Call } from './call.ts';
import { GraphError } from './errors.ts';
import type { NodeAnswer } from './node-type.ts';
import { wabaNode } from './waba-node.ts';

const hourMs = 60 * 60 * 1000;

/** Meta: WhatsApp Business Management API › Rate limits: calls an hour before and after the first registration. */
const callsPerHour = { fresh: 200, registered: 5000 };

/** How much of an account's hour an app has used. */
export interface Usage {
  wabaId: string;
  /** Percent. */
  used: number;
  minutesToWait: number;
}

/** Counts a call to an account, and refuses it where the hour's allowance is used up. */
export function countCall(call: Call, found: NodeAnswer): Usage | null {
  if (found.type !== wabaNode) return null;
  const { world, caller } = call;
  const waba = world.wabas.get(found.node.id);
  if (!waba) return null;
  const now = world.clock.now();
  const key = `${caller.app.id}:${waba.id}`;
  const calls = world.calls.get(key) ?? [];
  world.calls.set(key, calls);
  while (calls[0] !== undefined && calls[0] <= now - hourMs) calls.shift();
  const isRegistered = [...waba.numbers].some((phone) => phone.registered);
  const allowed = isRegistered ? callsPerHour.registered : callsPerHour.fresh;
  if (calls.length < allowed) {
    calls.push(now);
    return { wabaId: waba.id, used: Math.ceil((calls.length / allowed) * 100), minutesToWait: 0 };
  }
  const minutesToWait = Math.ceil(((calls[0] ?? now) + hourMs - now) / 60_000);
  throw new RateLimitError({ wabaId: waba.id, used: 100, minutesToWait });
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
  headers.set('x-business-use-case-usage', JSON.stringify({ [usage.wabaId]: [business] }));
}
