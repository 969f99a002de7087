/** Numbers that look random and come again from the same seed, so that a run can be repeated. */
export interface Chance {
  /** From 0 to below 1. */
  next(): number;
  /** From `from` to `to`, both included. */
  whole(from: number, to: number): number;
  pick<T>(items: readonly T[]): T;
  /** A generator of its own for a part of the run: what one part draws moves no other. */
  fork(name: string): Chance;
}

/** xorshift32, seeded by a text hash. */
export function createChance(seed: string): Chance {
  let state = hash(seed) || 1;
  function next(): number {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) / 2 ** 32;
  }
  const whole = (from: number, to: number): number => from + Math.floor(next() * (to - from + 1));
  return {
    next,
    whole,
    pick: (items) => items[whole(0, items.length - 1)] as (typeof items)[number],
    fork: (name) => createChance(`${seed}/${name}`),
  };
}

/** FNV-1a. */
function hash(text: string): number {
  let value = 0x811c9dc5;
  for (const char of text) value = Math.imul(value ^ (char.codePointAt(0) ?? 0), 0x01000193);
  // Short seeds differ in few bits, and xorshift would take some draws to spread them.
  value = Math.imul(value ^ (value >>> 16), 0x85ebca6b);
  return value ^ (value >>> 13);
}
