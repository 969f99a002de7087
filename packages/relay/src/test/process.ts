import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { Environment } from '../settings/source.ts';

/** A relay as its own process, as it is deployed: something that can really be killed. */
export interface RelayProcess {
  url: string;
  /** Everything it has printed. */
  output(): string;
  /** Closes the reading ends of its output, as a log collector that dies does. */
  stopReading(): void;
  /** `kill -9`: no handler runs, nothing is flushed. */
  kill(): Promise<void>;
  /** SIGTERM; gives the exit code. */
  terminate(): Promise<number | null>;
}

export interface Ended {
  code: number | null;
  output: string;
}

const cli = fileURLToPath(new URL('../cli.ts', import.meta.url));

/** Starts the command line and waits for the line that says where it listens. */
export async function startRelayProcess(env: Environment): Promise<RelayProcess> {
  const child = spawn(process.execPath, [cli], {
    env: { PATH: process.env.PATH, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  const collect = (chunk: Buffer): void => {
    output += chunk.toString();
  };
  child.stdout.on('data', collect);
  child.stderr.on('data', collect);
  const exited = once(child, 'exit').then(([code]) => code as number | null);
  const url = await new Promise<string>((resolve, reject) => {
    child.stdout.on('data', () => {
      const found = /listening on (\S+)/.exec(output)?.[1];
      if (found) resolve(found);
    });
    void exited.then((code) => reject(new Error(`The relay ended with ${code}: ${output}`)));
  });
  return {
    url,
    output: () => output,
    stopReading() {
      child.stdout.destroy();
      child.stderr.destroy();
    },
    async kill() {
      child.kill('SIGKILL');
      await exited;
    },
    async terminate() {
      child.kill('SIGTERM');
      return exited;
    },
  };
}

/** Runs the command line to its end. */
export async function runCli(args: readonly string[], env: Environment): Promise<Ended> {
  const child = spawn(process.execPath, [cli, ...args], { env: { PATH: process.env.PATH, ...env } });
  let output = '';
  child.stdout.on('data', (chunk) => (output += chunk));
  child.stderr.on('data', (chunk) => (output += chunk));
  const [code] = await once(child, 'exit');
  return { code, output };
}
