import { createOpenWorkflowEngine } from './engine/openworkflow.ts';
import type { Graph } from './graph/client.ts';
import { createGraph } from './graph/client.ts';
import { createApp } from './http/app.ts';
import { createOrigins } from './http/origins.ts';
import { readWidget } from './http/widget.ts';
import { createHub } from './hub.ts';
import { sealingKeys } from './keys.ts';
import type { Log } from './log.ts';
import { silent } from './log.ts';
import { createExchange } from './onboarding/exchange.ts';
import { createFlow } from './onboarding/flow.ts';
import { createLedger } from './onboarding/ledger.ts';
import type { StepContext } from './onboarding/steps.ts';
import { createStepRunner } from './onboarding/steps.ts';
import { createSweep } from './onboarding/sweep.ts';
import { readRow } from './onboarding/view.ts';
import { createSealer } from './seal.ts';
import { createSessions } from './sessions.ts';
import type { Portal, Settings } from './settings/settings.ts';
import { makePrivateFolder } from './store/private.ts';
import { openStore } from './store/store.ts';
import { repeat } from './wait.ts';

export interface RelayOptions {
  settings: Settings;
  log?: Log;
  /** Stands in for the calls to Meta's Graph API. */
  fetch?: typeof fetch;
  /** Milliseconds since 1970. */
  now?: () => number;
  /** Milliseconds between two looks for onboardings that nobody works on; 30 s. */
  sweepEvery?: number;
}

export interface Relay {
  /** Answers a request; mount it where the relay's public address says. */
  fetch(request: Request): Promise<Response>;
  /** Takes up what an earlier process left unfinished, then new work. */
  start(): Promise<void>;
  /** Takes no new codes, ends open streams, and waits for exchanges and running steps, at most `ms` (25 s). */
  stop(ms?: number): Promise<void>;
}

/** A relay over its SQLite files: opens the store and the engine; nothing runs before `start()`. */
export async function createRelay(options: RelayOptions): Promise<Relay> {
  const { settings, log = silent, fetch = globalThis.fetch, now = Date.now, sweepEvery = 30_000 } = options;
  const widget = readWidget();
  makePrivateFolder(settings.databaseFile);
  const keys = sealingKeys(settings);
  const sealer = await createSealer(keys);
  const store = await openStore(settings.databaseFile);
  const hub = createHub();
  const ledger = createLedger({ store, hub, now });
  const stopping = new AbortController();

  const graphs = new Map<string, Graph>();
  function graphFor(portal: Portal): Graph {
    const graph =
      graphs.get(portal.name) ?? createGraph({ fetch, ...settings.graph, appSecret: portal.appSecrets[0] });
    graphs.set(portal.name, graph);
    return graph;
  }

  async function contextOf(id: string, attempt: number): Promise<StepContext> {
    const row = await readRow(store, id);
    const portal = row && settings.portals.get(row.portal);
    if (!portal) throw new Error('The onboarding’s portal is no longer in the settings.');
    const { sealed } = await store
      .selectFrom('credential')
      .select('sealed')
      .where('onboarding_id', '=', id)
      .executeTakeFirstOrThrow();
    const token = await sealer.open(sealed, { kind: 'business_token', row: id });
    return { row, portal, graph: graphFor(portal), token, attempt, store, sealer, hub, now };
  }

  const run = createStepRunner({ ledger, log, now, contextOf });
  const engine = createOpenWorkflowEngine({
    file: settings.databaseFile.replace(/(\.db)?$/, '.engine.db'),
    flow: createFlow(run, ledger),
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
  });
  const app = createApp({
    settings,
    origins: createOrigins(settings),
    sessions: await createSessions(keys, now),
    exchange,
    store,
    hub,
    now,
    stopping: stopping.signal,
    widget,
    log,
  });

  const sweep = createSweep({ store, ledger, engine, exchange, log });
  let endSweeps = async (): Promise<void> => {};

  return {
    fetch: async (request) => app.fetch(request),

    async start() {
      await engine.start();
      await sweep();
      endSweeps = repeat(sweep, sweepEvery);
    },

    async stop(ms = 25_000) {
      const until = performance.now() + ms;
      stopping.abort();
      await endSweeps();
      // The engine and the store stay until the last exchange has committed its token: Meta gives it once.
      await exchange.settled(ms);
      await engine.stop(Math.max(0, until - performance.now()));
      await store.destroy();
    },
  };
}
