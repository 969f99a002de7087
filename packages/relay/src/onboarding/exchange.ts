import type { Onboarding, RedeemRequest, StepError } from 'whatsapp-embedded-signup/protocol';
import type { Engine } from '../engine/engine.ts';
import type { ProblemCode } from '../errors.ts';
import { problems, RelayProblem } from '../errors.ts';
import { exchangeCode } from '../graph/calls.ts';
import type { Graph } from '../graph/client.ts';
import { GraphError } from '../graph/error.ts';
import { meaningOf } from '../graph/meaning.ts';
import type { Hub } from '../hub.ts';
import { type Log, placeOf } from '../log.ts';
import type { Sealer } from '../seal.ts';
import type { Secret } from '../secret.ts';
import { createSecret } from '../secret.ts';
import type { Session } from '../sessions.ts';
import type { Portal } from '../settings/settings.ts';
import type { Store } from '../store/store.ts';
import { atMost } from '../wait.ts';
import type { Intent } from './intent.ts';
import { recordIntent } from './intent.ts';
import type { Ledger } from './ledger.ts';
import { touch } from './ledger.ts';
import { readView } from './view.ts';

export interface Exchange {
  /**
   * Exchanges a code inside the request that brings it: once, never again by itself.
   *
   * @throws RelayProblem `code-used`, `code-expired`, `code-refused`, `exchange-unknown`, `session-used` or
   *   `stopping`.
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
}

/** Longer than the exchange's own deadline: a repeated request waits for the first one's answer. */
const REPEAT_WAIT_MS = 15_000;

export function createExchange(options: ExchangeOptions): Exchange {
  const { store, hub, ledger, sealer, engine, graphFor, now, log, stopping } = options;
  const redeems = new Set<Promise<unknown>>();
  const exchanging = new Set<string>();

  async function exchange(portal: Portal, id: string, code: Secret): Promise<void> {
    const started = now();
    let granted: Awaited<ReturnType<typeof exchangeCode>>;
    try {
      const app = { id: portal.appId, secret: portal.appSecrets[0] };
      granted = await exchangeCode(graphFor(portal), app, code);
    } catch (cause) {
      const error = refusal(cause);
      log('warn', 'exchange failed', {
        onboarding: id,
        ms: now() - started,
        code: error.code,
        ...metaFields(error),
      });
      await fail(id, error);
      return;
    }
    const sealed = await sealer.seal(granted.token, { kind: 'business_token', row: id });
    const time = now();
    // The token is committed before anything else is done with it: from here on no crash loses the customer.
    await store.transaction().execute(async (trx) => {
      await trx
        .insertInto('credential')
        .values({
          onboarding_id: id,
          sealed,
          expires_at: granted.expiresIn === null ? null : time + granted.expiresIn * 1000,
          created_at: time,
        })
        .execute();
      await trx
        .updateTable('step')
        .set({ status: 'done', ended_at: time })
        .where('onboarding_id', '=', id)
        .where('name', '=', 'exchange')
        .execute();
      await touch(trx, id, time, { status: 'running' });
    });
    hub.publish(id);
    log('info', 'exchanged', { onboarding: id, portal: portal.name, ms: now() - started });
    try {
      await engine.submit(id, 1);
    } catch (cause) {
      // The row says that it runs, so the next sweep gives it to the engine: the customer is onboarded all the same.
      log('error', 'the engine took no run', { onboarding: id, detail: placeOf(cause) });
    }
  }

  async function fail(id: string, error: StepError): Promise<void> {
    await ledger.end(id, 'exchange', 'failed', { error });
    await ledger.finish(id, 'failed', error);
  }

  /** The answer to a redeem, the same for the first request and for every repeated one. */
  async function answer(id: string): Promise<Onboarding> {
    const until = now() + REPEAT_WAIT_MS;
    for (;;) {
      const view = await readView(store, id);
      if (!view) throw new RelayProblem('onboarding-unknown');
      if (view.status !== 'exchanging') return orThrow(view);
      if (now() >= until) throw new RelayProblem('exchange-unknown', { onboarding: id });
      await hub.wait(id, 250);
    }
  }

  async function redeem(portal: Portal, session: Session, request: RedeemRequest): Promise<Onboarding> {
    const intent = await recordIntent(store, session, request, now());
    if (intent.kind === 'exchange') {
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

    isUnderWay: (id) => exchanging.has(id),

    async settled(ms) {
      if (!(await atMost(Promise.allSettled(redeems), ms)))
        log('error', 'the stop came before an exchange had ended; its code may be lost');
    },

    async abandonInterrupted() {
      const rows = await store
        .selectFrom('onboarding')
        .select('id')
        .where('status', '=', 'exchanging')
        .execute();
      for (const { id } of rows) {
        log('warn', 'exchange interrupted', { onboarding: id });
        await fail(id, stepError('exchange-unknown'));
      }
    },
  };
}

function onboardingOf(intent: Intent): string {
  if (intent.kind === 'code-used') throw new RelayProblem('code-used');
  if (intent.kind === 'session-used') throw new RelayProblem('session-used', { onboarding: intent.id });
  return intent.id;
}

function orThrow(view: Onboarding): Onboarding {
  const exchange = view.steps.find((step) => step.name === 'exchange');
  if (exchange?.status !== 'failed') return view;
  const code = exchange.error?.code;
  throw new RelayProblem(isExchangeCode(code) ? code : 'exchange-unknown', { onboarding: view.id });
}

const exchangeCodes = ['code-used', 'code-expired', 'code-refused', 'exchange-unknown'] as const;
type ExchangeCode = (typeof exchangeCodes)[number];

function isExchangeCode(code: string | undefined): code is ExchangeCode {
  return exchangeCodes.some((known) => known === code);
}

/**
 * Reads why there is no token. Only a clear refusal is one: whatever may have reached Meta without a readable
 * answer is `exchange-unknown`, because the code may be used up. Code 1 from this endpoint is a wrong app secret.
 */
function refusal(cause: unknown): StepError {
  if (!(cause instanceof GraphError)) return stepError('exchange-unknown');
  const { kind, status = 0, code, subcode, isTransient } = cause.failure;
  if (kind === 'no-answer' || status >= 500 || isTransient || code === 2)
    return stepError('exchange-unknown');
  const meta = meaningOf(cause).error.meta ?? {};
  if (subcode === 36007) return { ...stepError('code-expired'), meta };
  if (subcode === 36009) return { ...stepError('code-used'), meta };
  return { ...stepError('code-refused'), meta };
}

function stepError(code: ExchangeCode & ProblemCode): StepError {
  return { code, message: problems[code].title, hint: problems[code].hint };
}

function metaFields(error: StepError): { metaCode?: number; fbtraceId?: string } {
  const fields: { metaCode?: number; fbtraceId?: string } = {};
  if (error.meta?.code !== undefined) fields.metaCode = error.meta.code;
  if (error.meta?.fbtraceId !== undefined) fields.fbtraceId = error.meta.fbtraceId;
  return fields;
}
