import type { EventData } from 'node:test';
import type { TestEvent } from 'node:test/reporters';

/**
 * A reporter for `node --test` that prints one JSON line, `{passed, failed, skipped, reasons}`.
 *
 * A `describe` is no test of its own, but one whose hook or body throws is a failure. A file without a test
 * would pass under its own name; here it fails.
 */
export default async function* countsReporter(events: AsyncIterable<TestEvent>): AsyncGenerator<string> {
  const counts = { passed: 0, failed: 0, skipped: 0 };
  const reasons = new Set<string>();
  for await (const event of events) {
    if (event.type === 'test:pass') {
      const { skip, todo, details } = event.data;
      if (typeof skip === 'string') reasons.add(skip);
      // A group that was left out ran none of its tests, so it counts for them.
      if (details.type === 'suite') {
        if (skip !== undefined) counts.skipped += 1;
        continue;
      }
      if (isFile(event.data)) counts.failed += 1;
      else if (skip !== undefined || todo !== undefined) counts.skipped += 1;
      else counts.passed += 1;
    } else if (event.type === 'test:fail') {
      const { todo, details } = event.data;
      if (details.type === 'suite' && failureType(details.error) === 'subtestsFailed') continue;
      if (todo === undefined) counts.failed += 1;
      else counts.skipped += 1;
    }
  }
  yield `${JSON.stringify({ ...counts, reasons: [...reasons] })}\n`;
}

function isFile({ nesting, file, name }: EventData.TestPass): boolean {
  return nesting === 0 && file !== undefined && file.endsWith(name);
}

function failureType(error: unknown): unknown {
  return error instanceof Error && 'failureType' in error ? error.failureType : undefined;
}
