import * as v from 'valibot';
import type { World } from '../world/world.ts';
import { duration } from './input.ts';
import { invalidInput } from './input-error.ts';

/** Body of `POST /_sandbox/clock`. */
export const clockInput = v.strictObject({
  advanceMs: duration,
});

/** The end of the year 9999: what comes later has no date of four digits, which every answer writes. */
const latest = Date.UTC(10_000, 0) - 1;

/** Moves the sandbox's time on, unless it would come to its end. */
export async function advance(world: World, { advanceMs }: v.InferOutput<typeof clockInput>) {
  if (world.clock.now() + advanceMs > latest) {
    throw invalidInput('advanceMs', '"advanceMs" must not lead past the year 9999.');
  }
  await world.clock.advance(advanceMs);
  return { now: new Date(world.clock.now()).toISOString() };
}
