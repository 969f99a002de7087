#!/usr/bin/env node
// Kept free of imports that an older Node cannot load, so that it can say which one is needed.
import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { nodeProblem } from './node-version.ts';

const usage = `Usage: whatsapp-embedded-signup-sandbox [options]

A Meta on loopback: SDK, dialog, Graph API and webhooks of WhatsApp Embedded Signup.

  --port <number>   where it listens; 0: any free port (default 4400)
  --host <address>  an address of this machine (default 127.0.0.1)
  --version         print the version
  -h, --help        print this

When it is ready it prints "listening on http://…". App, secret and configuration: /_sandbox/credentials`;

const problem = nodeProblem();
if (problem === null) await run();
else fail(problem);

async function run(): Promise<void> {
  const options = readOptions();
  if (options === null) return;
  // Only now, since an older Node may not be able to load it.
  const { createSandbox } = await import('./sandbox.ts');
  const sandbox = createSandbox(options);
  try {
    const { url } = await sandbox.start();
    console.log(`listening on ${url}`);
  } catch (error) {
    fail(messageOf(error));
    return;
  }
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    // Not waiting for answers that a latency fault still holds back.
    process.once(signal, () => void sandbox.stop().then(() => process.exit(0)));
  }
}

/** Null where there is nothing to start. */
function readOptions(): { host: string; port: number } | null {
  try {
    const { values } = parseArgs({
      options: {
        port: { type: 'string', default: '4400' },
        host: { type: 'string', default: '127.0.0.1' },
        version: { type: 'boolean', default: false },
        help: { type: 'boolean', short: 'h', default: false },
      },
    });
    if (values.help || values.version) {
      console.log(values.help ? usage : version());
      return null;
    }
    if (!/^\d{1,5}$/.test(values.port) || Number(values.port) > 65_535) {
      throw new Error(`--port must be a whole number from 0 to 65535, but is "${values.port}".`);
    }
    return { host: values.host, port: Number(values.port) };
  } catch (error) {
    fail(`${messageOf(error)}\n\n${usage}`);
    return null;
  }
}

/** The address is the same from `src/` and from `dist/`. */
function version(): string {
  return JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')).version;
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

function fail(message: string): void {
  console.error(message);
  process.exitCode = 1;
}
