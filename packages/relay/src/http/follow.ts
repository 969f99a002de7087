import type { SSEStreamingApi } from 'hono/streaming';
import type { Hub } from '../hub.ts';
import { readView } from '../onboarding/view.ts';
import type { Store } from '../store/store.ts';

export interface FollowOptions {
  store: Store;
  hub: Hub;
  stopping: AbortSignal;
}

/** A change that another process made is seen by looking; one of this process wakes the stream at once. */
const LOOK_EVERY_MS = 700;
const HEARTBEAT_MS = 15_000;

/** The revision that a page names in `Last-Event-ID`; null for anything that no relay has sent. */
export function revisionOf(lastEventId: string | undefined): number | null {
  return lastEventId !== undefined && /^\d{1,15}$/.test(lastEventId) ? Number(lastEventId) : null;
}

/**
 * Sends an onboarding with each new revision, until it has ended, the page has gone or the relay stops. The page
 * reconnects with `Last-Event-ID` and gets the state, unless it has just that.
 */
export async function follow(
  { store, hub, stopping }: FollowOptions,
  stream: SSEStreamingApi,
  id: string,
  lastSeen: number | null,
): Promise<void> {
  const gone = new AbortController();
  stream.onAbort(() => gone.abort());
  const signal = AbortSignal.any([gone.signal, stopping]);
  let seen = lastSeen;
  let quietSince = Date.now();
  while (!signal.aborted) {
    const changed = hub.wait(id, LOOK_EVERY_MS, signal);
    const view = await readView(store, id);
    if (!view) return;
    if (view.revision !== seen) {
      await stream.writeSSE({ event: 'onboarding', id: String(view.revision), data: JSON.stringify(view) });
      seen = view.revision;
      quietSince = Date.now();
    }
    if (view.status === 'completed' || view.status === 'failed') return;
    if (Date.now() - quietSince >= HEARTBEAT_MS) {
      await stream.write(': still here\n\n');
      quietSince = Date.now();
    }
    await changed;
  }
}
