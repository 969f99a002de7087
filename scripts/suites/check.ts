import { type ExecOptions, exec } from '../lib/exec.ts';
import type { Suite } from '../lib/suite.ts';

/** A tool that either agrees or does not: one check, by its exit code. */
export function check(
  name: string,
  command: [command: string, args: string[]],
  options: ExecOptions & { needsBuild?: boolean; slots?: 1 | 2 } = {},
): Suite {
  const { needsBuild = false, slots = 1, ...execOptions } = options;
  return {
    name,
    needsBuild,
    needsBrowser: false,
    slots,
    async run() {
      const { ok, output } = await exec(...command, execOptions);
      return { passed: ok ? 1 : 0, failed: ok ? 0 : 1, skipped: 0, output };
    },
  };
}
