import type { StepName } from 'whatsapp-embedded-signup/protocol';
import { openDatabase } from './database.ts';
import { createOpenWorkflowEngine } from './engine/openworkflow.ts';
import { createBreaker } from './graph/breaker.ts';
import type { Graph } from './graph/client.ts';
import { createGraph } from './graph/client.ts';
import { createApp } from './http/app.ts';
import type { Connection, Rates } from './http/limits.ts';
import { createOrigins } from './http/origins.ts';
import { readWidget } from './http/widget.ts';
import { createHub } from './hub.ts';
import { sealingKeys } from './keys.ts';
import type { Log } from './log.ts';
import { silent } from './log.ts';
import type { PartnerAdded } from './onboarding/exchange/arrivals.ts';
import { createExchange } from './onboarding/exchange/exchange.ts';
import { createRecovery } from './onboarding/exchange/recovery.ts';
import { createFinish } from './onboarding/finish.ts';
import { createFlow } from './onboarding/flow.ts';
import { createLedger } from './onboarding/ledger.ts';
import { planOf } from './onboarding/plan.ts';
import type { Reached } from './onboarding/points.ts';
import { nobody } from './onboarding/points.ts';
import type { StepContext } from './onboarding/steps.ts';
import { createStepRunner } from './onboarding/steps.ts';
import { createSweep } from './onboarding/sweep.ts';
import { createDeadlines } from './onboarding/sync/deadlines.ts';
import { createTurns } from './onboarding/turns.ts';
import { readRow } from './onboarding/view.ts';
import { createSealer } from './seal.ts';
import { createSessions } from './sessions.ts';
import type { Portal, Settings } from './settings/settings.ts';
import { makePrivateFolder } from './store/private.ts';
import type { OnboardingRow } from './store/schema.ts';
import { atMost, repeat } from './wait.ts';

export interface RelayOptions {
  settings: Settings;
  log?: Log;
  /** Stands in for the calls to Meta's Graph API. */
  fetch?: typeof fetch;
  /** Milliseconds since 1970. */
  now?: () => number;
  /** Milliseconds between two looks for onboardings that nobody works on; 30 s. */
  sweepEvery?: number;
  /** How often each caller may call, where it is to be another rate than usual. */
  rates?: Partial<Rates>;
  /** Codes that are exchanged at once; 500. More are answered `too-many-requests`, and may be brought again. */
  exchangesAtOnce?: number;
  /** Told of each named point of an onboarding; for tests that kill the process there. */
  reached?: Reached;
}

/** A clock that was set back, or a time that has just come, must not make the relay look without a pause. */
const SHORTEST_PAUSE_MS = 50;

/** Longer than a process takes from a commit to the engine: until then nobody else takes its onboarding up. */
const GRACE_MS = 5000;

export interface Relay {
  /**
   * Answers a request; mount it where the relay's public address says. Without the connection's address all callers
   * that have no session yet share one limit.
   */
  fetch(request: Request, connection?: Connection): Promise<Response>;
  /** Takes Meta's word that a customer has shared an account: what makes a lost exchange good. */
  partnerAdded(signal: PartnerAdded): Promise<void>;
  /** Takes up what an earlier process left unfinished, then new work. */
  start(): Promise<void>;
  /** Takes no new codes, ends open streams, and waits for exchanges and running steps, at most `ms` (25 s). */
  stop(ms?: number): Promise<void>;
}

/** A relay over its database: opens the store and the engine; nothing runs before `start()`. */
export async function createRelay(options: RelayOptions): Promise<Relay> {
  const { settings, log = silent, fetch = globalThis.fetch, now = Date.now } = options;
  const { sweepEvery = 30_000, exchangesAtOnce = 500, rates = {}, reached = nobody } = options;
  const widget = readWidget();
  const { database } = settings;
  if (database.kind === 'sqlite') makePrivateFolder(database.file);
  const keys = sealingKeys(settings);
  const sealer = await createSealer(keys);
  const { store, runs } = await openDatabase(database, keys);
  const hub = createHub();
  const ledger = createLedger({ store, hub, now });
  const stopping = new AbortController();

  const breaker = createBreaker({
    now,
    changed: (state) =>
      state === 'open'
        ? log('error', 'Meta does not answer; calls wait until it does')
        : log('info', 'Meta answers again'),
  });
  const graphs = new Map<string, Graph>();
  function graphFor(portal: Portal): Graph {
    const graph =
      graphs.get(portal.name) ??
      createGraph({ fetch, ...settings.graph, appSecret: portal.appSecrets[0], now, breaker });
    graphs.set(portal.name, graph);
    return graph;
  }

  async function rowOf(id: string): Promise<OnboardingRow> {
    const row = await readRow(store, id);
    if (!row) throw new Error('The onboarding is no longer there.');
    return row;
  }

  async function contextOf(id: string, name: StepName, attempt: number): Promise<StepContext> {
    const row = await rowOf(id);
    const step = await ledger.step(id, name);
    if (!step) throw new Error('The step is no longer there.');
    const portal = settings.portals.get(row.portal);
    if (!portal) throw new Error('The onboarding’s portal is no longer in the settings.');
    const { sealed } = await store
      .selectFrom('credential')
      .select('sealed')
      .where('onboarding_id', '=', id)
      .executeTakeFirstOrThrow();
    const token = await sealer.open(sealed, { kind: 'business_token', row: id });
    const graph = graphFor(portal);
    return { row, step, portal, graph, token, attempt, store, sealer, hub, now, reached, log };
  }

  const run = createStepRunner({ ledger, log, now, reached, contextOf });
  const engine = createOpenWorkflowEngine({
    runs,
    flow: createFlow(run, ledger, async (id) => planOf(await rowOf(id)), createFinish({ store, hub, now })),
    log,
  });
  const exchange = createExchange({
    store,
    hub,
    ledger,
    sealer,
    engine,
    graphFor,
    now,
    log,
    stopping: stopping.signal,
    reached,
    atOnce: exchangesAtOnce,
  });
  const turns = createTurns({ store, hub, sealer, engine, now, log });
  const app = await createApp({
    settings,
    origins: createOrigins(settings),
    sessions: await createSessions(keys, now),
    exchange,
    turns,
    graphFor,
    store,
    hub,
    now,
    stopping: stopping.signal,
    widget,
    log,
    rates,
  });

  const deadlines = createDeadlines({ store, now });
  const { portals } = settings;
  const recovery = createRecovery({ store, hub, sealer, engine, portals, graphFor, now, log });
  const grace = database.kind === 'postgres' ? GRACE_MS : 0;
  const sweep = createSweep({ store, ledger, engine, exchange, turns, deadlines, recovery, now, grace, log });
  /** Gives the pause until the next look: what waits for a time is taken up when it comes. */
  async function look(): Promise<number> {
    const due = await sweep();
    return due === null ? sweepEvery : Math.min(sweepEvery, Math.max(due - now(), SHORTEST_PAUSE_MS));
  }
  let endSweeps = async (): Promise<void> => {};

  return {
    fetch: async (request, { address } = {}) => app.fetch(request, { address }),

    partnerAdded: recovery.partnerAdded,

    async start() {
      await engine.start();
      endSweeps = repeat(look, await look());
    },

    async stop(ms = 25_000) {
      const until = performance.now() + ms;
      stopping.abort();
      await endSweeps();
      // The engine and the store stay until the last exchange has committed its token: Meta gives it once.
      await exchange.settled(ms);
      await atMost(recovery.settled(), Math.max(0, until - performance.now()));
      await engine.stop(Math.max(0, until - performance.now()));
      await store.destroy();
    },
  };
}
