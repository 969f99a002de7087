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

/**
 * The version that answers: a version that has ended is served by the oldest that has not. Without one in the
 * path it is the oldest too, and a version to come is served by the newest that there is.
 */
export function servedVersion(world: World, asked: string | null): string {
  const now = world.clock.now();
  const alive = ends.flatMap(([version, end]) => (end === null || Date.parse(end) > now ? [version] : []));
  const [oldest = 'v26.0'] = alive;
  if (asked === null) return oldest;
  if (alive.includes(asked)) return asked;
  return Number.parseFloat(asked.slice(1)) > Number.parseFloat(oldest.slice(1))
    ? (alive.at(-1) ?? oldest)
    : oldest;
}
