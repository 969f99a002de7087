import { type Counts, crashed, type Suite, type SuiteResult } from './suite.ts';

/** Two cores are what the run is laid out for. */
const SLOTS = 2;

/** Called for each suite as it ends. */
export type OnResult = (suite: Suite, result: SuiteResult, ms: number) => void;

/**
 * Runs the suites in their order, two at a time where both are content with one slot.
 * Answers with the sum. A suite that throws counts as one failure.
 */
export async function runSuites(suites: readonly Suite[], onResult: OnResult): Promise<Counts> {
  const total: Counts = { passed: 0, failed: 0, skipped: 0 };
  const waiting = [...suites];
  const active = new Set<Promise<void>>();
  let free: number = SLOTS;

  const start = (suite: Suite) => {
    free -= suite.slots;
    const job = runOne(suite, onResult).then((result) => {
      total.passed += result.passed;
      total.failed += result.failed;
      total.skipped += result.skipped;
      free += suite.slots;
      active.delete(job);
    });
    active.add(job);
  };

  while (waiting.length > 0 || active.size > 0) {
    const [head] = waiting;
    // Only the head may start: a suite that wants both slots must not wait for ever behind small ones.
    if (head !== undefined && head.slots <= free) {
      waiting.shift();
      start(head);
    } else await Promise.race(active);
  }
  return total;
}

async function runOne(suite: Suite, onResult: OnResult): Promise<SuiteResult> {
  const begun = performance.now();
  const result = await suite
    .run()
    .catch((error: unknown) =>
      crashed(error instanceof Error ? (error.stack ?? error.message) : String(error)),
    );
  onResult(suite, result, performance.now() - begun);
  return result;
}
