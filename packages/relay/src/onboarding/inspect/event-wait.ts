import { exchangedAt } from '../exchange/exchanged-at.ts';
import type { StepContext } from '../steps.ts';
import { readRow } from '../view.ts';

/** How long a plan waits for the dialog's message where the code came without it. */
const EVENT_WAIT_MS = 2000;

/**
 * The message and the code leave Meta's window on separate ways; the plan waits a moment for the slower one. The
 * moment begins with the code's exchange, and a clock that was set back in between does not make it longer.
 */
export async function waitForEvent({ row, store, hub, now }: StepContext): Promise<void> {
  const left = Math.min((await exchangedAt(store, row)) + EVENT_WAIT_MS - now(), EVENT_WAIT_MS);
  const until = performance.now() + left;
  for (;;) {
    const seen = new AbortController();
    // Waits before it looks: a message that comes in between is noticed too.
    const changed = hub.wait(row.id, Math.max(0, until - performance.now()), seen.signal);
    const current = await readRow(store, row.id);
    if (!current || current.finish_event !== null || performance.now() >= until) {
      seen.abort();
      return;
    }
    await changed;
  }
}
