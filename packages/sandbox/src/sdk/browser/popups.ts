import type { Opening } from './dialog-url.ts';
import { guid, isMobile } from './environment.ts';
import type { Hosts } from './hosts.ts';

/** What a dialog can come to. */
interface Handlers {
  answered: (fields: URLSearchParams) => void;
  /** Called at once when the window is gone; what it gives back is told unless an answer came meanwhile. */
  closed: () => Promise<() => void>;
}

/** How often the SDK looks whether a popup was closed. */
const pollMs = 100;

/** Opens dialogs and hears what becomes of each: an answer through the arbiter, or a closed window. */
export function createPopups(hosts: Hosts) {
  const callbacks = new Map<string, Handlers['answered']>();
  const windows = new Map<string, Window>();

  window.addEventListener('message', ({ origin, data }: MessageEvent<unknown>) => {
    if (!hosts.isTrusted(origin) || typeof data !== 'string' || data.startsWith('{')) return;
    const fields = new URLSearchParams(data);
    const callbackId = fields.get('cb') ?? '';
    const answered = callbacks.get(callbackId);
    if (!answered) return;
    callbacks.delete(callbackId);
    const frame = fields.get('frame') ?? '';
    windows.get(frame)?.close();
    windows.delete(frame);
    answered(fields);
  });

  return {
    /**
     * Opens what `prepare` gives for a callback's name. Where the popup is blocked neither handler is called,
     * ever.
     */
    open(prepare: (callbackId: string) => Opening, { answered, closed }: Handlers): void {
      const callbackId = guid();
      const { url, frame } = prepare(callbackId);
      callbacks.set(callbackId, answered);
      const popup = window.open(url, frame, features());
      if (!popup) return;
      windows.set(frame, popup);
      const timer = window.setInterval(() => {
        if (windows.has(frame) && !popup.closed) return;
        clearInterval(timer);
        if (!windows.has(frame)) return;
        void closed().then((tell) => {
          if (windows.delete(frame)) tell();
        });
      }, pollMs);
    },
  };
}

/** On a phone the popup is a tab, whose size the SDK gives as nothing. */
function features(): string {
  const [width, height] = isMobile() ? [0, 0] : [600, 679];
  const left = window.screenX < 0 ? window.screen.width + window.screenX : window.screenX;
  return Object.entries({
    width,
    height,
    left: left + (window.outerWidth - width) / 2,
    top: window.screenY + (window.outerHeight - height) / 2.5,
    scrollbars: 1,
    toolbar: 0,
  })
    .map(([name, value]) => `${name}=${value}`)
    .join(',');
}
