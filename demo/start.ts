/**
 * `pnpm demo`: builds, starts sandbox, relay and pages on loopback, prints one address, and ends all of it.
 * `pnpm demo --built` leaves the build out.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from './src/build.ts';
import { startDemo } from './src/demo.ts';
import { untilToldToStop } from './src/stopping.ts';

const folder = mkdtempSync(join(tmpdir(), 'whatsapp-embedded-signup-demo-'));
const told = untilToldToStop();
try {
  console.log(`What the parts print goes to ${folder}`);
  if (!process.argv.includes('--built')) {
    console.log('Building …');
    await build(join(folder, 'build.log'));
  }
  const demo = await startDemo({ folder });
  console.log('Ready; Ctrl-C stops it. Open:');
  console.log(demo.url);
  await told;
  await demo.stop();
  rmSync(folder, { recursive: true, force: true });
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
// A build that was interrupted may still hold pipes; nothing below this line is left to do.
process.exit();
