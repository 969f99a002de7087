import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createWriteStream, readFileSync } from 'node:fs';

/** A part of the demo that runs as its own process, as its users will run it. */
export interface Child {
  pid: number;
  /** SIGTERM, then SIGKILL where it does not end in time. */
  stop(): Promise<void>;
  /** SIGKILL: what a crash is. */
  kill(): Promise<void>;
}

export interface ChildOptions {
  name: string;
  script: string;
  args?: readonly string[];
  env?: Readonly<Record<string, string>>;
  logFile: string;
}

const START_MS = 30_000;
const STOP_MS = 5_000;

/** Starts a command line of the workspace and waits until it says that it listens. */
export async function startChild({
  name,
  script,
  args = [],
  env = {},
  logFile,
}: ChildOptions): Promise<Child> {
  const log = createWriteStream(logFile, { flags: 'a' });
  const child = spawn(process.execPath, [script, ...args], {
    // Only what is named here: a META_ or RELAY_ variable of the shell must not reach into the demo.
    env: { PATH: process.env.PATH, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  child.stdout.pipe(log, { end: false });
  child.stderr.pipe(log, { end: false });
  const exited = once(child, 'exit').then(() => log.end());

  async function end(signal: NodeJS.Signals): Promise<void> {
    if (child.exitCode !== null || child.signalCode !== null) return;
    child.kill(signal);
    const late = setTimeout(() => child.kill('SIGKILL'), STOP_MS);
    await exited;
    clearTimeout(late);
  }

  const listening = new Promise<boolean>((resolve) => {
    let printed = '';
    child.stdout.on('data', (chunk: Buffer) => {
      printed += chunk.toString();
      if (printed.includes('listening on ')) resolve(true);
    });
    void exited.then(() => resolve(false));
    setTimeout(() => resolve(false), START_MS).unref();
  });
  if (!(await listening) || child.pid === undefined) {
    await end('SIGKILL');
    throw new Error(`The ${name} did not start. It printed:\n${readFileSync(logFile, 'utf8').trimEnd()}`);
  }
  return { pid: child.pid, stop: () => end('SIGTERM'), kill: () => end('SIGKILL') };
}
