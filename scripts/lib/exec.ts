import { type ChildProcess, spawn } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { childEnv, root } from './root.ts';

/** How a child process ended. */
export interface ExecResult {
  ok: boolean;
  /** Standard output and standard error as they came. */
  output: string;
}

/** Settings of {@link exec}. */
export interface ExecOptions {
  cwd?: string;
  env?: Record<string, string>;
  /** Milliseconds; after that the child and all it started are ended. Default four minutes. */
  timeoutMs?: number;
  /** The output is also written to this file. */
  log?: string;
}

const running = new Set<ChildProcess>();

/** Runs a command to its end without a terminal. Never rejects: what goes wrong is in the result. */
export async function exec(
  command: string,
  args: readonly string[],
  options: ExecOptions = {},
): Promise<ExecResult> {
  const { cwd = root, env = {}, timeoutMs = 240_000, log } = options;
  const chunks: Buffer[] = [];
  const note = (text: string) => chunks.push(Buffer.from(`${text}\n`));

  const ok = await new Promise<boolean>((resolve) => {
    // A process group of its own, so that browsers and servers it started end with it.
    const child = spawn(command, args, {
      cwd,
      env: childEnv(env),
      stdio: ['ignore', 'pipe', 'pipe'],
      detached: true,
    });
    running.add(child);
    const timer = setTimeout(() => {
      note(`ended after ${timeoutMs / 1000} s without a result: ${command} ${args.join(' ')}`);
      end(child);
    }, timeoutMs);
    const settle = (value: boolean) => {
      clearTimeout(timer);
      end(child);
      running.delete(child);
      resolve(value);
    };
    child.stdout.on('data', (chunk: Buffer) => chunks.push(chunk));
    child.stderr.on('data', (chunk: Buffer) => chunks.push(chunk));
    child.on('error', (error) => {
      note(`${command} did not start: ${error.message}`);
      settle(false);
    });
    child.on('close', (code) => settle(code === 0));
    // A grandchild that keeps the pipes open would hold `close` back for good.
    child.on('exit', () => setTimeout(() => end(child), 1_000).unref());
  });

  const output = Buffer.concat(chunks).toString('utf8');
  if (log !== undefined) {
    mkdirSync(dirname(log), { recursive: true });
    writeFileSync(log, output);
  }
  return { ok, output };
}

function end(child: ChildProcess): void {
  if (child.pid === undefined || !running.has(child)) return;
  try {
    process.kill(process.platform === 'win32' ? child.pid : -child.pid, 'SIGKILL');
  } catch {
    // Gone already.
  }
}

/** Ends every running child when the person presses Ctrl-C or the machine takes the run back. */
export function endChildrenOnSignal(): void {
  for (const [signal, code] of [
    ['SIGINT', 130],
    ['SIGTERM', 143],
  ] as const) {
    process.once(signal, () => {
      for (const child of running) end(child);
      process.exit(code);
    });
  }
}
