import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Child } from './child.ts';
import { startChild } from './child.ts';
import { freePorts } from './ports.ts';
import { startSite } from './site.ts';

export interface Demo {
  /** The landing page. */
  url: string;
  pages: { linnet: string; harbor: string; strict: string };
  sandboxUrl: string;
  relayUrl: string;
  /** Ends the relay as a crash does, and starts it again on the same address and files. */
  killRelay(): Promise<void>;
  startRelay(): Promise<void>;
  stop(): Promise<void>;
}

const cli = (name: string): string =>
  fileURLToPath(new URL('dist/cli.js', import.meta.resolve(`${name}/package.json`)));

/** Starts sandbox, relay and pages. `folder` takes the relay's files and what the parts print. */
export async function startDemo({ folder }: { folder: string }): Promise<Demo> {
  const port = await freePorts({ landing: 5170, linnet: 5171, harbor: 5172, sandbox: 4400, relay: 8787 });
  const at = (name: keyof typeof port): string => `http://127.0.0.1:${port[name]}`;
  const started: { stop(): Promise<void> }[] = [];
  const stop = async (): Promise<void> => {
    await Promise.all(started.splice(0).map((part) => part.stop()));
  };

  const config = join(folder, 'relay.json');
  writeFileSync(
    config,
    JSON.stringify(
      { portals: { linnet: { origins: [at('linnet')] }, harbor: { origins: [at('harbor')] } } },
      null,
      2,
    ),
  );

  try {
    const sandbox = await startChild({
      name: 'sandbox',
      script: cli('whatsapp-embedded-signup-sandbox'),
      args: ['--port', String(port.sandbox)],
      logFile: join(folder, 'sandbox.log'),
    });
    started.push(sandbox);
    await slowDown(at('sandbox'));
    const credentials = await (await fetch(`${at('sandbox')}/_sandbox/credentials?format=env`)).text();

    let relay: Child;
    const startRelay = async (): Promise<void> => {
      relay = await startChild({
        name: 'relay',
        script: cli('whatsapp-embedded-signup-relay'),
        env: {
          ...parseEnv(credentials),
          RELAY_CONFIG: config,
          DATABASE_URL: `file:${join(folder, 'relay', 'relay.db')}`,
          PORT: String(port.relay),
        },
        logFile: join(folder, 'relay.log'),
      });
    };
    await startRelay();
    started.push({ stop: () => relay.stop() });
    started.push(await startSite({ port, relayUrl: at('relay'), sandboxUrl: at('sandbox') }));

    return {
      url: `${at('landing')}/`,
      pages: { linnet: `${at('linnet')}/`, harbor: `${at('harbor')}/`, strict: `${at('linnet')}/strict` },
      sandboxUrl: at('sandbox'),
      relayUrl: at('relay'),
      killRelay: () => relay.kill(),
      startRelay,
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** Meta takes some hundred milliseconds for a call. Without that the steps would flash by unseen. */
async function slowDown(sandboxUrl: string): Promise<void> {
  for (const call of ['/oauth/access_token', '/debug_token', '/subscribed_apps', '/register']) {
    const fault = { match: { path: `*${call}` }, kind: 'latency', ms: 400 };
    const response = await fetch(`${sandboxUrl}/_sandbox/faults`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(fault),
    });
    if (!response.ok) throw new Error(`The sandbox refused a fault: ${await response.text()}`);
  }
}

/** `NAME=value` lines. */
function parseEnv(text: string): Record<string, string> {
  const lines = text.split('\n').filter((line) => line.includes('='));
  return Object.fromEntries(
    lines.map((line) => [line.slice(0, line.indexOf('=')), line.slice(line.indexOf('=') + 1)]),
  );
}
