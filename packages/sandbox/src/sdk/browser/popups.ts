/** What a dialog can come to. */
interface Handlers {
  answered: (fields: URLSearchParams) => void;
  /** `claim` says whether the end is still this one's to tell: an answer may arrive while it is looked into. */
  closed: (claim: () => boolean) => void;
}

/** How often the SDK looks whether a popup was closed. */
const pollMs = 100;

/** Opens dialogs and hears what becomes of each: an answer through the arbiter, or a closed window. */
export function createPopups(origin: string) {
  const open = new Map<string, { timer: number; handlers: Handlers }>();

  window.addEventListener('message', (event: MessageEvent<unknown>) => {
    if (event.origin !== origin || typeof event.data !== 'string' || !event.data.startsWith('cb=')) return;
    const fields = new URLSearchParams(event.data);
    const id = fields.get('cb') ?? '';
    const dialog = open.get(id);
    if (!dialog) return;
    clearInterval(dialog.timer);
    open.delete(id);
    dialog.handlers.answered(fields);
  });

  return {
    /** Calls `answered` or, where the window goes first, `closed`. Neither, ever, where the popup was blocked. */
    open(url: string, id: string, handlers: Handlers): void {
      const left = window.screenX + (window.outerWidth - 600) / 2;
      const top = window.screenY + (window.outerHeight - 679) / 2.5;
      const features = `width=600,height=679,left=${Math.round(left)},top=${Math.round(top)},scrollbars=1`;
      const popup = window.open(url, id.replace('f', 'w'), features);
      if (!popup) return;
      const timer = window.setInterval(() => {
        if (!popup.closed) return;
        clearInterval(timer);
        handlers.closed(() => open.delete(id));
      }, pollMs);
      open.set(id, { timer, handlers });
    },
  };
}
