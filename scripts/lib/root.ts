import { delimiter, join } from 'node:path';

/** The workspace's folder, without a slash at the end. */
export const root: string = join(import.meta.dirname, '../..');

/** A path inside the workspace. */
export function inRoot(...parts: string[]): string {
  return join(root, ...parts);
}

/**
 * The environment for child processes: tools and Node 24 come from the workspace, whatever the host has,
 * and no colour codes get into captured output.
 */
export function childEnv(extra: Record<string, string> = {}): NodeJS.ProcessEnv {
  const path = [inRoot('node_modules/.bin'), process.env.PATH ?? ''].join(delimiter);
  // Node refuses to run tests inside a test; ours start runners of their own.
  const unset = { FORCE_COLOR: undefined, NODE_TEST_CONTEXT: undefined };
  return { ...process.env, ...unset, PATH: path, NO_COLOR: '1', ...extra };
}

/** How to call the pnpm that runs us, so that a run never fetches a second one. */
export function pnpm(...args: string[]): [command: string, args: string[]] {
  const own = process.env.npm_execpath;
  if (own === undefined || !/pnpm[^/\\]*$/.test(own)) return ['npx', ['--yes', 'pnpm@12', ...args]];
  return /\.[cm]?js$/.test(own) ? [process.execPath, [own, ...args]] : [own, args];
}
