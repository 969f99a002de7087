/** Follows an onboarding until it is stopped: by the relay's event stream, and by asking where that fails. */
import { type SignupErrorDetail, SignupFailure } from './errors.ts';
import type { Onboarding } from './protocol.ts';
import type { RelayClient } from './relay.ts';

export interface WatchOptions {
  relay: Pick<RelayClient, 'events' | 'onboarding'>;
  session: string;
  id: string;
  signal: AbortSignal;
  onOnboarding(onboarding: Onboarding): void;
  /** The relay refuses to say more: the session has expired, or the onboarding is gone. */
  onLost(error: SignupErrorDetail): void;
  /** Milliseconds without a byte until the stream is opened anew; the relay's heart beats each 15 s. */
  silence?: number;
  /** Milliseconds for the first bytes, when nothing has been heard yet: something may hold the stream back. */
  patience?: number;
  /** Milliseconds of the first pause; pauses double up to sixteen times that. */
  pause?: number;
}

/** Resolves when `signal` is aborted or `onLost` was called. A relay that is away is waited for without end. */
export async function watchOnboarding({
  relay,
  session,
  id,
  signal,
  onOnboarding,
  onLost,
  silence = 30_000,
  patience = 5000,
  pause = 500,
}: WatchOptions): Promise<void> {
  let last = 0;
  let failures = 0;

  function hear(onboarding: Onboarding): void {
    failures = 0;
    last = onboarding.revision;
    onOnboarding(onboarding);
  }

  async function stream(): Promise<void> {
    const quiet = new AbortController();
    const listen = (ms: number) => setTimeout(() => quiet.abort(), ms);
    let timer = listen(last ? silence : patience);
    try {
      const { body } = await relay.events(session, id, last, AbortSignal.any([signal, quiet.signal]));
      const reader = body?.pipeThrough(new TextDecoderStream()).getReader();
      let text = '';
      for (;;) {
        const { value } = (await reader?.read()) ?? {};
        if (!value) return;
        clearTimeout(timer);
        timer = listen(silence);
        const events = (text + value).split('\n\n');
        text = events.pop() ?? '';
        for (const event of events) {
          const data = /^data: ?(.*)$/m.exec(event)?.[1];
          if (data) hear(JSON.parse(data) as Onboarding);
        }
      }
    } finally {
      clearTimeout(timer);
    }
  }

  async function ask(): Promise<void> {
    if (!signal.aborted) hear(await relay.onboarding(session, id));
  }

  while (!signal.aborted) {
    try {
      await stream().catch(ask);
    } catch (error) {
      failures++;
      // An answer that trying again cannot change.
      if (error instanceof SignupFailure && !error.detail.retryable && !signal.aborted) {
        onLost(error.detail);
        return;
      }
    }
    await new Promise((resolve) => setTimeout(resolve, pause * 2 ** Math.min(failures, 4)));
  }
}
