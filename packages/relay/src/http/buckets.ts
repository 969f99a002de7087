/** How much may come: `burst` at once, and `perSecond` for ever. */
export interface Rate {
  perSecond: number;
  burst: number;
}

/** A token bucket for each of many callers. */
export interface Buckets {
  /** Takes one. Gives 0, or the milliseconds until there is one to take. */
  take(key: string): number;
  readonly size: number;
}

/**
 * Holds at most `most` callers, whoever they pretend to be: the one that was quiet for longest is forgotten, which
 * gives it a full bucket when it comes again.
 *
 * @param clock milliseconds that never go back
 */
export function createBuckets({ perSecond, burst }: Rate, clock: () => number, most = 10_000): Buckets {
  // In the order of their last use.
  const buckets = new Map<string, { left: number; at: number }>();
  return {
    take(key) {
      const at = clock();
      const known = buckets.get(key);
      const left = known ? Math.min(burst, known.left + ((at - known.at) * perSecond) / 1000) : burst;
      buckets.delete(key);
      for (const quiet of buckets.keys()) {
        if (buckets.size < most) break;
        buckets.delete(quiet);
      }
      const taken = left >= 1;
      buckets.set(key, { left: taken ? left - 1 : left, at });
      return taken ? 0 : Math.ceil(((1 - left) * 1000) / perSecond);
    },
    get size() {
      return buckets.size;
    },
  };
}
