/**
 * Resolves when the demo is to end: at Ctrl-C, at a polite kill, or when whoever started it is gone. The last one
 * matters because a package manager that is killed may pass no signal on, and nothing may be left running.
 */
export function untilToldToStop(): Promise<void> {
  const parent = process.ppid;
  return new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => resolve());
    setInterval(() => {
      if (process.ppid !== parent) resolve();
    }, 500).unref();
  });
}
