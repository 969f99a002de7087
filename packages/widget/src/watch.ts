/** Follows an onboarding until it is stopped: by the relay's event stream, and by asking where that fails. */
import { type SignupErrorDetail, SignupFailure } from './errors.ts';
import type { Onboarding } from './protocol.ts';
import { isLost, type RelayClient } from './relay.ts';

export interface WatchOptions {
  relay: Pick<RelayClient, 'events' | 'onboarding'>;
  session: string;
  id: string;
  signal: AbortSignal;
  onOnboarding(onboarding: Onboarding): void;
  /** The relay refuses to say more: the session has expired, or the onboarding is gone. */
  onLost(error: SignupErrorDetail): void;
  /** Milliseconds without a sign of life until the stream is opened anew; the relay's heart beats each 15 s. */
  silence?: number;
  /** Milliseconds that a stream has for its first bytes, when nothing has been heard yet. */
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
  let last = '';
  let failures = 0;
  /** Streams in a row that were opened and brought no byte: something on the way holds them back. */
  let dry = 0;

  async function stream(): Promise<void> {
    const quiet = new AbortController();
    let timer = setTimeout(() => quiet.abort(), last ? silence : patience);
    const onBytes = (): void => {
      dry = failures = 0;
      clearTimeout(timer);
      timer = setTimeout(() => quiet.abort(), silence);
    };
    try {
      const response = await relay.events(session, id, last, AbortSignal.any([signal, quiet.signal]));
      dry++;
      for await (const event of readEvents(response, onBytes)) {
        last = event.id || last;
        onOnboarding(JSON.parse(event.data) as Onboarding);
      }
    } finally {
      clearTimeout(timer);
    }
  }

  while (!signal.aborted) {
    try {
      if (dry < 2) await stream();
    } catch (error) {
      if (isFinal(error)) return onLost(error.detail);
    }
    if (signal.aborted) return;
    try {
      onOnboarding(await relay.onboarding(session, id));
      failures = 0;
    } catch (error) {
      if (isFinal(error)) return onLost(error.detail);
      failures++;
    }
    await rest(pause * 2 ** Math.min(failures, 4), signal);
  }
}

function isFinal(error: unknown): error is SignupFailure {
  return error instanceof SignupFailure && !isLost(error) && !error.detail.retryable;
}

function rest(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, ms);
    signal.addEventListener('abort', () => {
      clearTimeout(timer);
      resolve();
    });
  });
}

interface StreamEvent {
  id: string;
  data: string;
}

/** The events of an answer in `text/event-stream`. `onBytes` also hears heartbeats. */
export async function* readEvents(response: Response, onBytes: () => void): AsyncGenerator<StreamEvent> {
  const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
  let text = '';
  for (;;) {
    const { done, value } = (await reader?.read()) ?? { done: true, value: '' };
    if (done) return;
    onBytes();
    text = (text + value).replace(/\r\n?/g, '\n');
    const events = text.split('\n\n');
    text = events.pop() ?? '';
    for (const event of events) {
      const field = (name: string): string =>
        [...event.matchAll(new RegExp(`^${name}: ?(.*)$`, 'gm'))].map((line) => line[1]).join('\n');
      const data = field('data');
      if (data) yield { id: field('id'), data };
    }
  }
}
