import { readFileSync, writeSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { createLog } from '../../logging.ts';
import { serve } from '../../serve.ts';
import { parseSettings } from '../../settings/parse.ts';
import type { ChaosOrder } from './process.ts';

/**
 * The relay as its command line runs it, for tests that end its process in the middle of something. It is loaded and
 * waits for one line that says how: tests start so many that loading would be most of their time.
 */
process.umask(0o077);
const settings = parseSettings(process.env, (path) => readFileSync(path, 'utf8'));
const log = await createLog('debug');

const lines = createInterface({ input: process.stdin });
for await (const line of lines) {
  const { killAt, aheadMs = 0, sweepMs = 1000 } = JSON.parse(line) as ChaosOrder;
  const server = await serve({
    settings,
    log,
    now: () => Date.now() + aheadMs,
    sweepEvery: sweepMs,
    reached(point, onboarding) {
      if (point !== killAt) return;
      writeSync(process.stdout.fd, `killed at ${point} ${onboarding}\n`);
      // The signal ends the process before the call comes back, so nothing of what follows the point is done.
      process.kill(process.pid, 'SIGKILL');
    },
  });
  process.once('SIGTERM', () => void server.stop());
  process.stdout.write(`listening on ${server.url}\n`);
  break;
}
