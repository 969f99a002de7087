import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Sandbox } from 'whatsapp-embedded-signup-sandbox';
import { createSandbox } from 'whatsapp-embedded-signup-sandbox';
import type { Environment } from '../../settings/source.ts';
import type { ChaosOrder, ChaosProcess } from './process.ts';
import { loadChaosProcess } from './process.ts';
import type { Recorder } from './recorder.ts';
import { startRecorder } from './recorder.ts';
import { ownPin, wrongPin } from './scenarios.ts';

/** The page that the customers are on. */
export const origin = 'https://acme.example';

/** A Meta that stays, relay processes that come and go over the same data, and what becomes known of both. */
export interface Stage {
  sandbox: Sandbox;
  recorder: Recorder;
  /** Of the relays; what is in it that nobody may see is in `secrets`. */
  env: Environment;
  folder: string;
  secrets: { long: Set<string>; digits: Set<string> };
  /** Every process that was started, dead or alive. */
  processes: ChaosProcess[];
  /** Starts a relay, which may have an order to kill itself. */
  start(order?: ChaosOrder): Promise<ChaosProcess>;
  /** The address of a relay that listens; waits for one. */
  url(): Promise<string>;
  /** Milliseconds since 1970, as Meta and the relays have it. */
  now(): number;
  /** Time passes for Meta and for the relays that are started from now on. */
  advance(ms: number): Promise<void>;
  stop(): Promise<void>;
}

export interface StageOptions {
  /** Default: SQLite in the stage's folder. */
  databaseUrl?: string;
  /** Whether pages go to any relay that listens, as behind a balancer; else to the newest. */
  spread?: boolean;
  /** Settings over those of a relay for the sandbox. */
  env?: Environment;
}

export async function startStage({
  databaseUrl,
  spread = false,
  env: changes = {},
}: StageOptions = {}): Promise<Stage> {
  const folder = mkdtempSync(join(tmpdir(), 'relay-chaos-'));
  const sandbox = createSandbox();
  const { url: sandboxUrl } = await sandbox.start();
  const recorder = await startRecorder(sandboxUrl);
  const { appId, appSecret, configId, systemUserToken, systemUserId, businessId, creditLineId } =
    sandbox.credentials;
  const config = join(folder, 'portals.json');
  const flows = { standard: {}, coexistence: {}, 'app-only': {} };
  const partner = { role: 'solution-partner', credit: 'auto', creditDailyCap: '100000' };
  const portals = { provider: { flows }, partner: { flows, ...partner } };
  writeFileSync(config, JSON.stringify({ portals }));
  const key = Buffer.from(crypto.getRandomValues(new Uint8Array(32))).toString('base64');
  const env: Environment = {
    META_APP_ID: appId,
    META_APP_SECRET: appSecret,
    META_CONFIG_ID: configId,
    META_GRAPH_URL: recorder.url,
    META_SDK_URL: sandboxUrl,
    META_SYSTEM_USER_TOKEN: systemUserToken,
    META_SYSTEM_USER_ID: systemUserId,
    META_BUSINESS_ID: businessId,
    META_CREDIT_LINE_ID: creditLineId,
    RELAY_KEY: key,
    RELAY_ORIGINS: origin,
    RELAY_CONFIG: config,
    DATABASE_URL: databaseUrl ?? `file:${join(folder, 'data', 'relay.db')}`,
    PORT: '0',
    // Compiling the sources anew takes longer than everything else in a start.
    NODE_COMPILE_CACHE: join(tmpdir(), 'relay-chaos-compiled'),
    ...changes,
  };
  const processes: ChaosProcess[] = [];
  const alive = new Set<ChaosProcess>();
  let spare = loadChaosProcess(env);
  let aheadMs = 0;
  let isOver = false;

  return {
    sandbox,
    recorder,
    env,
    folder,
    secrets: { long: new Set([appSecret, systemUserToken, key]), digits: new Set([ownPin, wrongPin]) },
    processes,

    async start(order = {}) {
      const loaded = spare;
      spare = loadChaosProcess(env);
      const started = await loaded.start({ aheadMs, ...order });
      processes.push(started);
      if (started.url) alive.add(started);
      void started.exited.then(() => alive.delete(started));
      return started;
    },

    async url() {
      for (;;) {
        const relays = [...alive];
        const relay = relays.at(spread ? Math.floor(Math.random() * relays.length) : -1);
        if (relay) return relay.url;
        // Or whoever asks would ask for ever.
        if (isOver) throw new Error('The stage is taken down.');
        await sleep(10);
      }
    },

    now: () => Date.now() + aheadMs,

    async advance(ms) {
      aheadMs += ms;
      await sandbox.control('clock', { advanceMs: ms });
    },

    async stop() {
      isOver = true;
      for (const process of alive) process.signal('SIGKILL');
      await Promise.all([spare.kill(), ...processes.map(({ exited }) => exited)]);
      recorder.stop();
      await sandbox.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
