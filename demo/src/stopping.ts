import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

/** Resolves when the demo is to end: at Ctrl-C, at a polite kill, or when the package manager that ran it is gone. */
export function untilToldToStop(): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => resolve());
    const runners = packageManager();
    setInterval(() => {
      if (!runners.every(isRunning)) resolve();
    }, 500).unref();
  });
}

/**
 * The package manager and the shell in which it runs a script. One that is killed passes no signal on to the script,
 * and nothing may be left running then.
 */
function packageManager(): number[] {
  if (process.env.npm_lifecycle_event === undefined) return [];
  const shell = process.ppid;
  const manager = parentOf(shell);
  return manager === null ? [shell] : [shell, manager];
}

function parentOf(pid: number): number | null {
  try {
    // Behind the name, which stands in brackets and can hold anything: state, then the parent.
    return Number(
      readFileSync(`/proc/${pid}/stat`, 'utf8')
        .replace(/^.*\) /s, '')
        .split(' ')[1],
    );
  } catch {
    return parentByPs(pid);
  }
}

/** Where there is no /proc. */
function parentByPs(pid: number): number | null {
  try {
    return (
      Number(execFileSync('ps', ['-o', 'ppid=', '-p', String(pid)], { encoding: 'utf8' }).trim()) || null
    );
  } catch {
    return null;
  }
}

/** Whether there is a process with this id. */
export function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
