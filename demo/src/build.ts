import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createWriteStream, readFileSync } from 'node:fs';
import { pnpm, root } from '../../scripts/lib/root.ts';

/** Builds the three packages. @throws with the end of what the build printed. */
export async function build(logFile: string): Promise<void> {
  const log = createWriteStream(logFile);
  await once(log, 'open');
  const [command, args] = pnpm('run', 'build');
  const child = spawn(command, args, { cwd: root, stdio: ['ignore', log, log] });
  const [code] = await once(child, 'exit');
  if (code === 0) return;
  const last = readFileSync(logFile, 'utf8').trimEnd().split('\n').slice(-20).join('\n');
  throw new Error(`The build failed:\n${last}`);
}
