/** How many tests or checks ended which way. */
export interface Counts {
  passed: number;
  failed: number;
  skipped: number;
}

/** What a suite came to, and what it said. */
export interface SuiteResult extends Counts {
  /** Shown in full where something failed, else only its notice. */
  output: string;
  /** One line to show even where all is well, such as why something was skipped. */
  notice?: string;
}

/** One line of the test run. */
export interface Suite {
  name: string;
  /** Runs after the build, and is not run where the build failed. */
  needsBuild: boolean;
  /** Wants a browser to be found or installed first. */
  needsBrowser: boolean;
  /** Wants PostgreSQL's programs to be found, or installed where all has to run. */
  needsPostgres?: boolean;
  /** How many of the two slots it takes: 2 runs alone, for what is sensitive to time. */
  slots: 1 | 2;
  run(): Promise<SuiteResult>;
}

/** A suite that ended without a result counts as one failure; so does one that ran nothing at all. */
export function crashed(output: string): SuiteResult {
  return { passed: 0, failed: 1, skipped: 0, output };
}

/** Nothing ran, on purpose: one skip, and the reason. */
export function skipped(notice: string): SuiteResult {
  return { passed: 0, failed: 0, skipped: 1, output: '', notice };
}

/** Refuses an empty result: a suite that finds no tests has lost them. */
export function notEmpty(result: SuiteResult): SuiteResult {
  const ran = result.passed + result.failed + result.skipped;
  return ran > 0 ? result : crashed(`${result.output}\nNo test ran. Look at the suite's file patterns.`);
}

/** `3 passed, 0 failed`, with `, 1 skipped` where there is any. */
export function describeCounts({ passed, failed, skipped }: Counts): string {
  return `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`;
}
