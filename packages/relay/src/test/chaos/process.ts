import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { Point } from '../../onboarding/points.ts';
import type { Environment } from '../../settings/source.ts';

/** How a relay's process is to run. */
export interface ChaosOrder {
  /** The named point at which it kills itself. */
  killAt?: Point;
  /** How far its clock is ahead. */
  aheadMs?: number;
  /** Between two looks for what nobody works on. */
  sweepMs?: number;
}

/** A relay's process that can be ended in every way that there is. */
export interface ChaosProcess {
  /** Empty where it was gone before it listened. */
  url: string;
  /** Milliseconds since 1970, as the next: when it was told to start. */
  startedAt: number;
  /** When it was gone; 0 before that. */
  goneAt(): number;
  /** Everything it has printed. */
  output(): string;
  /** Resolves once it is gone, with the exit code. */
  exited: Promise<number | null>;
  signal(name: 'SIGKILL' | 'SIGTERM' | 'SIGSTOP' | 'SIGCONT'): void;
}

/** A process that is loaded and does nothing yet. */
export interface SpareProcess {
  start(order: ChaosOrder): Promise<ChaosProcess>;
  kill(): Promise<unknown>;
}

const entry = fileURLToPath(new URL('entry.ts', import.meta.url));

export function loadChaosProcess(env: Environment): SpareProcess {
  const child = spawn(process.execPath, [entry], { env: { PATH: process.env.PATH, ...env } });
  let output = '';
  const collect = (chunk: Buffer): void => {
    output += chunk.toString();
  };
  child.stderr.on('data', collect);
  child.stdout.on('data', collect);
  // It may be gone before it has read what it is told.
  child.stdin.on('error', () => {});
  // 'close', not 'exit': by then its last words have been read.
  let goneAt = 0;
  const exited = once(child, 'close').then(([code]) => {
    goneAt = Date.now();
    return code as number | null;
  });

  return {
    async start(order) {
      const startedAt = Date.now();
      const url = new Promise<string>((resolve, reject) => {
        child.stdout.on('data', () => {
          const found = /listening on (\S+)/.exec(output)?.[1];
          if (found) resolve(found);
        });
        void exited.then((code) =>
          child.signalCode === 'SIGKILL'
            ? resolve('')
            : reject(new Error(`It ended with ${code}: ${output}`)),
        );
      });
      child.stdin.end(`${JSON.stringify(order)}\n`);
      return {
        url: await url,
        startedAt,
        goneAt: () => goneAt,
        output: () => output,
        exited,
        signal: (name) => void child.kill(name),
      };
    },
    async kill() {
      child.kill('SIGKILL');
      await exited;
    },
  };
}
