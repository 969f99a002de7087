import type { Onboarding, RedeemRequest } from 'whatsapp-embedded-signup/protocol';
import type { Engine } from '../../engine/engine.ts';
import { RelayProblem } from '../../errors.ts';
import type { Granted } from '../../graph/calls.ts';
import { EXCHANGE_DEADLINE_MS, exchangeCode } from '../../graph/calls.ts';
import type { Graph } from '../../graph/client.ts';
import type { Hub } from '../../hub.ts';
import { type Log, metaFields, placeOf } from '../../log.ts';
import type { Sealer } from '../../seal.ts';
import type { Secret } from '../../secret.ts';
import { createSecret } from '../../secret.ts';
import type { Session } from '../../sessions.ts';
import type { Portal } from '../../settings/settings.ts';
import type { Store } from '../../store/store.ts';
import { atMost, insist } from '../../wait.ts';
import type { Ledger } from '../ledger.ts';
import type { Reached } from '../points.ts';
import { readView } from '../view.ts';
import { keepToken } from './credential.ts';
import type { Intent } from './intent.ts';
import { recordIntent } from './intent.ts';
import { exchangeUnknown, orThrow, refusalOf } from './refusal.ts';

export interface Exchange {
  /**
   * Exchanges a code inside the request that brings it: once, never again by itself.
   *
   * @throws RelayProblem `code-used`, `code-expired`, `code-refused`, `exchange-unknown`, `session-used`,
   *   `too-many-requests` or `stopping`.
   */
  redeem(portal: Portal, session: Session, request: RedeemRequest): Promise<Onboarding>;
  /** Ends what a killed process left in the middle of an exchange: whether that code was used up, nobody knows. */
  abandonInterrupted(): Promise<void>;
  /** Whether this process exchanges a code for the onboarding right now, or is about to hand it to the engine. */
  isUnderWay(onboardingId: string): boolean;
  /** Waits for the redeems under way, at most `ms`. */
  settled(ms: number): Promise<void>;
}

export interface ExchangeOptions {
  store: Store;
  hub: Hub;
  ledger: Ledger;
  sealer: Sealer;
  engine: Engine;
  graphFor: (portal: Portal) => Graph;
  now: () => number;
  log: Log;
  /** Aborts when the relay stops: no code is taken from then on. */
  stopping: AbortSignal;
  reached: Reached;
  /** Exchanges at once; each holds a connection for as long as Meta takes. More are to come again. */
  atOnce: number;
}

/**
 * Longer than Meta is given for its answer: until then a repeated request waits for the first one's, and an
 * exchange that is older is given up for lost. Another process on the same file, in an overlapping restart, may be
 * the one that exchanges.
 */
const OVERDUE_MS = EXCHANGE_DEADLINE_MS + 3000;

/** How long a result is held in memory where the database does not take it: Meta says it only once. */
const COMMIT_PATIENCE_MS = 10_000;

/** Equal requests that were sent at once are not all in at once. */
const SAME_ANSWER_MS = 2000;

export function createExchange(options: ExchangeOptions): Exchange {
  const { store, hub, ledger, sealer, engine, graphFor, now, log, stopping, reached, atOnce } = options;
  const redeems = new Set<Promise<unknown>>();
  const exchanging = new Set<string>();
  const answers = new Map<string, Promise<Onboarding>>();
  let deciding = 0;

  async function exchange(portal: Portal, id: string, code: Secret): Promise<void> {
    const started = performance.now();
    let granted: Granted;
    try {
      const app = { id: portal.appId, secret: portal.appSecrets[0] };
      granted = await exchangeCode(graphFor(portal), app, code);
    } catch (cause) {
      const error = refusalOf(cause);
      const ms = Math.round(performance.now() - started);
      log('warn', 'exchange failed', { onboarding: id, ms, code: error.code, ...metaFields(error) });
      await write(id, () => ledger.abort(id, 'exchange', error));
      return;
    }
    reached('after:exchange.response', id);
    const { token, expiresIn } = granted;
    const sealed = await sealer.seal(token, { kind: 'business_token', row: id });
    const expiresAt = expiresIn === null ? null : now() + expiresIn * 1000;
    // The token is committed before anything else is done with it: from here on no crash loses the customer.
    const generation = await write(id, () => keepToken(store, id, { sealed, expiresAt }, now()));
    reached('after:credential.commit', id);
    hub.publish(id);
    const ms = Math.round(performance.now() - started);
    log('info', 'exchanged', { onboarding: id, portal: portal.name, ms });
    try {
      await engine.submit(id, generation);
    } catch (cause) {
      // The row says that it runs, so the next sweep gives it to the engine: the customer is onboarded all the same.
      log('error', 'the engine took no run', { onboarding: id, detail: placeOf(cause) });
    }
  }

  /** Writes what came of an exchange. Where that cannot be, the row is given up for lost by a later sweep. */
  async function write<T>(id: string, work: () => Promise<T>): Promise<T> {
    try {
      return await insist(work, COMMIT_PATIENCE_MS);
    } catch (cause) {
      log('error', 'the exchange could not be written down', { onboarding: id, detail: placeOf(cause) });
      throw new RelayProblem('exchange-unknown', { onboarding: id });
    }
  }

  /** The answer to a redeem: one for all requests of a race, though the steps go on meanwhile. */
  function answer(id: string): Promise<Onboarding> {
    const given = answers.get(id);
    if (given) return given;
    const forget = (): boolean => answers.delete(id);
    const first = exchanged(id);
    answers.set(id, first);
    // After a refusal the session may bring another code, which has an answer of its own.
    first.then(() => setTimeout(forget, SAME_ANSWER_MS).unref(), forget);
    return first;
  }

  async function exchanged(id: string): Promise<Onboarding> {
    const until = performance.now() + OVERDUE_MS;
    for (;;) {
      const view = await readView(store, id);
      if (!view) throw new RelayProblem('onboarding-unknown');
      if (view.status !== 'exchanging') return orThrow(view);
      if (performance.now() >= until) throw new RelayProblem('exchange-unknown', { onboarding: id });
      await hub.wait(id, 250);
    }
  }

  /** Counts who may be about to exchange: the database says it only when it has answered. */
  async function decide(intent: Promise<Intent>): Promise<Intent> {
    deciding++;
    try {
      return await intent;
    } finally {
      deciding--;
    }
  }

  async function redeem(portal: Portal, session: Session, request: RedeemRequest): Promise<Onboarding> {
    // Before anything is written: the session and the code are as good in a second.
    if (exchanging.size + deciding >= atOnce)
      throw new RelayProblem('too-many-requests', { retryAfter: 1000 });
    const intent = await decide(recordIntent(store, portal.role, session, request, now()));
    if (intent.kind === 'exchange') {
      reached('after:intent.commit', intent.id);
      exchanging.add(intent.id);
      try {
        await exchange(portal, intent.id, createSecret(request.code));
      } finally {
        exchanging.delete(intent.id);
      }
    }
    return answer(onboardingOf(intent));
  }

  return {
    async redeem(...call) {
      if (stopping.aborted) throw new RelayProblem('stopping');
      const work = redeem(...call);
      redeems.add(work);
      try {
        return await work;
      } finally {
        redeems.delete(work);
      }
    },

    async abandonInterrupted() {
      const rows = await store
        .selectFrom('onboarding')
        .innerJoin('code', 'code.onboarding_id', 'onboarding.id')
        .select((eb) => ['onboarding.id', 'onboarding.revision', eb.fn.max('code.created_at').as('askedAt')])
        .where('onboarding.status', '=', 'exchanging')
        .groupBy(['onboarding.id', 'onboarding.revision'])
        .execute();
      for (const { id, askedAt, revision } of rows) {
        // In both directions: a clock that was set back must not keep a row for as long.
        if (exchanging.has(id) || Math.abs(now() - askedAt) < OVERDUE_MS) continue;
        log('warn', 'exchange interrupted', { onboarding: id });
        // With another revision it is another process's by now: given up, or at the session's next code.
        await ledger.abort(id, 'exchange', exchangeUnknown, revision);
      }
    },

    isUnderWay: (id) => exchanging.has(id),

    async settled(ms) {
      if (!(await atMost(Promise.allSettled(redeems), ms)))
        log('error', 'the stop came before an exchange had ended; its code may be lost');
    },
  };
}

function onboardingOf(intent: Intent): string {
  if (intent.kind === 'code-used') throw new RelayProblem('code-used');
  if (intent.kind === 'session-used') throw new RelayProblem('session-used', { onboarding: intent.id });
  return intent.id;
}
