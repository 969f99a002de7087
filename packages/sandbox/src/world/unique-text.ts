import { randomText } from '../random.ts';
import type { World } from './world.ts';

/**
 * `length` letters and digits that nothing else has: codes, tokens, message ids. The end counts, so that they differ
 * even where the randomness does not; a `length` of 32 and more leaves enough of it that nobody guesses one.
 */
export function uniqueText(world: World, length: number): string {
  const { id } = world.newIdentity();
  return `${randomText(world.random, length - id.length)}${id}`;
}
