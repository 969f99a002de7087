import { readFileSync } from 'node:fs';
import { createLog } from './logging.ts';
import type { Server } from './serve.ts';
import { serve } from './serve.ts';
import { parseSettings } from './settings/parse.ts';
import type { Settings } from './settings/settings.ts';
import { SettingsError } from './settings/settings.ts';
import type { Environment } from './settings/source.ts';

/** What sysexits(3) calls EX_CONFIG. */
const EXIT_SETTINGS = 78;

const usage = `Usage: whatsapp-embedded-signup-relay [serve]

serve (the default) runs the relay. Its settings come from the environment; these make it run:
  META_APP_ID, META_APP_SECRET   the Meta app
  META_CONFIG_ID                 its Facebook Login for Business configuration
  RELAY_ORIGINS                  the origins of the pages that may use it, comma-separated
  RELAY_KEY                      32 bytes in base64 that seal what is stored; made by itself outside production

and these are often wanted:
  RELAY_API_KEY                  the key of the site's backend
  RELAY_SESSIONS=server          only the backend may start a signup
  RELAY_PUBLIC_URL               where people reach the relay
  RELAY_PROXIES                  how many trusted proxies stand before it
  DATABASE_URL                   file:./data/relay.db, or postgres://…
  RELAY_ROLE=solution-partner    with META_SYSTEM_USER_TOKEN, META_SYSTEM_USER_ID, META_BUSINESS_ID
  RELAY_CREDIT                   off, approve or auto; with META_CREDIT_LINE_ID

Each secret can stand in a file instead, whose path is in NAME_FILE. RELAY_CONFIG names a file with several portals.
`;

/** The command line. Gives the exit code; `serve` gives it when a signal has ended it. */
export async function main(args: readonly string[], env: Environment): Promise<number> {
  // Whatever is made from here on, by SQLite too, is its owner's alone.
  process.umask(0o077);
  const [command = 'serve', ...rest] = args;
  if (command === '--help' || command === '-h' || command === 'help') {
    process.stdout.write(usage);
    return 0;
  }
  if (command !== 'serve' || rest.length > 0) {
    process.stderr.write(`Unknown: ${args.join(' ')}\n\n${usage}`);
    return 64;
  }
  let settings: Settings;
  try {
    settings = parseSettings(env, (path) => readFileSync(path, 'utf8'));
  } catch (error) {
    return refuse(error);
  }
  return run(settings);
}

async function run(settings: Settings): Promise<number> {
  const log = await createLog();
  let server: Server;
  try {
    server = await serve({ settings, log });
  } catch (error) {
    if (error instanceof SettingsError) return refuse(error);
    process.stderr.write(`The relay could not start: ${reason(error, settings)}\n`);
    return 1;
  }
  for (const name of settings.unused) log('warn', `${name} is set, and this version does nothing with it`);
  // Whoever reads the line may end the relay before the next statement.
  const ended = new Promise<void>((resolve) => {
    process.once('SIGINT', () => resolve());
    process.once('SIGTERM', () => resolve());
  });
  process.stdout.write(`listening on ${server.url}\n`);
  await ended;
  await server.stop();
  return 0;
}

function refuse(error: unknown): number {
  if (!(error instanceof SettingsError)) throw error;
  process.stderr.write(`${error.message}\n`);
  return EXIT_SETTINGS;
}

function reason(error: unknown, { host, port }: Settings): string {
  if (!(error instanceof Error)) return String(error);
  const taken = 'code' in error && error.code === 'EADDRINUSE';
  return taken
    ? `port ${port} on ${host} is taken by another program; set PORT to a free one.`
    : error.message;
}
