import { dayMs } from '../durations.ts';
import type { World } from '../world/world.ts';
import { type Callout, reasonOf } from './callout.ts';
import { type Notice, payloadOf } from './notice.ts';
import { findReceivers, type Receiver } from './receivers.ts';
import { type SignatureKind, serialise, signatureHeaders } from './sign.ts';

/** One try to deliver. */
export interface Attempt {
  /** ISO 8601, by the sandbox's clock. */
  at: string;
  /** HTTP status; null where there was no answer. */
  status: number | null;
  /** What stood in the way of an answer. */
  error?: string;
}

/** What one receiver got of one webhook, or would have got. */
export interface Delivery {
  id: string;
  /** Null for bytes that were given as they are. */
  field: string | null;
  appId: string | null;
  /** Null: nobody is subscribed; `note` says why. */
  url: string | null;
  level: Receiver['level'] | null;
  signature: SignatureKind;
  /** The very bytes. */
  body: string;
  attempts: Attempt[];
  /** Whether the receiver took it, with 200. */
  delivered: boolean;
  /** ISO 8601, by the sandbox's clock; null: there is none to come. */
  nextAttemptAt: string | null;
  note: string | null;
}

/** What is sent, and to whom. */
export interface Sending {
  field: string | null;
  body: string;
  signature: SignatureKind;
  receivers: Receiver[];
  /** Why nobody gets it. */
  reason: string | null;
}

export interface Deliveries {
  readonly list: readonly Delivery[];
  /** Tells those who are subscribed now, by itself and soon. */
  announce(notice: Notice): void;
  /** Sends at once; settles when every receiver answered, or ran out of time. Failures are tried again later. */
  send(sending: Sending): Promise<Delivery[]>;
  /** Breaks off what is under way, and tries nothing again. */
  stop(): void;
  /** The same, and forgets what was. */
  clear(): void;
}

/** Meta: Webhooks › Overview: failures are tried again, less and less often, for up to seven days. */
const retry = { firstGapMs: 15_000, forMs: 7 * dayMs };

export function createDeliveries(world: World, { fetch, patienceMs }: Callout): Deliveries {
  let list: Delivery[] = [];
  let era = new AbortController();
  let made = 0;

  async function send(sending: Sending): Promise<Delivery[]> {
    const receivers = sending.receivers.length > 0 ? sending.receivers : [null];
    const deliveries = receivers.map((receiver): Delivery => {
      made += 1;
      return {
        id: String(made),
        field: sending.field,
        appId: receiver?.appId ?? null,
        url: receiver?.url ?? null,
        level: receiver?.level ?? null,
        signature: sending.signature,
        body: sending.body,
        attempts: [],
        delivered: false,
        nextAttemptAt: null,
        note: receiver === null ? sending.reason : null,
      };
    });
    list.push(...deliveries);
    if (sending.receivers.length > 0) await attempt({ sending, deliveries, began: world.clock.now(), era });
    return deliveries;
  }

  /** One round: every receiver is told, whether or not it was before. Meta retries to all subscribed apps. */
  async function attempt(round: Round, failures = 0): Promise<void> {
    const { sending, deliveries, began } = round;
    if (round.era.signal.aborted) return;
    await Promise.all(
      sending.receivers.map(async (receiver, index) => {
        const delivery = deliveries[index];
        if (!delivery) return;
        delivery.nextAttemptAt = null;
        const outcome: Attempt = { at: isoNow(), ...(await post(sending, receiver, round.era.signal)) };
        delivery.attempts.push(outcome);
        delivery.delivered ||= outcome.status === 200;
      }),
    );
    if (round.era.signal.aborted || deliveries.every(({ delivered }) => delivered)) return;
    const next = world.clock.now() + retry.firstGapMs * 2 ** failures;
    if (next > began + retry.forMs) return;
    for (const delivery of deliveries) delivery.nextAttemptAt = new Date(next).toISOString();
    world.clock.schedule(next, () => attempt(round, failures + 1));
  }

  async function post(
    { body, signature }: Sending,
    { url, secret }: Receiver,
    broken: AbortSignal,
  ): Promise<Omit<Attempt, 'at'>> {
    try {
      const response = await fetch(url, {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          'user-agent': 'facebookexternalua',
          accept: '*/*',
          ...signatureHeaders(body, secret, signature),
        },
        body,
        redirect: 'manual',
        signal: broken,
      });
      await response.body?.cancel();
      return { status: response.status };
    } catch (error) {
      return { status: null, error: reasonOf(error, patienceMs) };
    }
  }

  const isoNow = () => new Date(world.clock.now()).toISOString();

  function stop(): void {
    era.abort();
    era = new AbortController();
    for (const delivery of list) delivery.nextAttemptAt = null;
  }

  return {
    get list() {
      return list;
    },
    announce(notice) {
      // Who is told is settled at the moment when it happens: what happens may well end the subscription.
      const sending: Sending = {
        field: notice.field,
        body: serialise(payloadOf(world, notice)),
        signature: 'good',
        ...findReceivers(world, notice.field, notice.audience),
      };
      const { signal } = era;
      world.clock.schedule(world.clock.now(), async () => {
        if (!signal.aborted) await send(sending);
      });
    },
    send,
    stop,
    clear() {
      stop();
      list = [];
      made = 0;
    },
  };
}

interface Round {
  sending: Sending;
  deliveries: Delivery[];
  /** When it was first tried, in milliseconds since 1970. */
  began: number;
  /** Ends with `stop` and `clear`. */
  era: AbortController;
}
