import type { World } from '../../world/world.ts';

/** When each version stops being served. Meta: Graph API › Changelog. */
const ends: readonly (readonly [version: string, end: string | null])[] = [
  ['v20.0', '2026-09-24'],
  ['v21.0', '2027-01-21'],
  ['v22.0', '2027-05-20'],
  ['v23.0', '2027-10-08'],
  ['v24.0', '2028-02-18'],
  ['v25.0', '2028-07-29'],
  ['v26.0', null],
];

/** Those that ended before any of these: 1.0, 2.0 to 2.12, 3.0 to 3.3, and from then on no minor versions. */
const ended = /^v(?:1\.0|2\.(?:\d|1[0-2])|3\.[0-3]|(?:[4-9]|1\d)\.0)$/;

/** The version that a path begins with, and the rest of it. What never was a version is none: 2500. */
export function splitVersion(path: string): { version: string | null; path: string[] } {
  const parts = path.split('/').filter(Boolean);
  const [first = '', ...rest] = parts;
  const isVersion = ended.test(first) || ends.some(([version]) => version === first);
  return isVersion ? { version: first, path: rest } : { version: null, path: parts };
}

/** The version that answers a path. */
export function versionAt(world: World, path: string): string {
  return servedVersion(world, splitVersion(path).version);
}

/** The version that answers: one that has ended is served by the oldest that has not, as is a path without any. */
export function servedVersion(world: World, asked: string | null): string {
  const now = world.clock.now();
  const alive = ends.flatMap(([version, end]) => (end === null || Date.parse(end) > now ? [version] : []));
  const [oldest = 'v26.0'] = alive;
  return asked !== null && alive.includes(asked) ? asked : oldest;
}
