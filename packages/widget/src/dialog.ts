/** Opens Meta's dialog and keeps an eye on its window. */
import { errorDetail, type SignupErrorDetail } from './errors.ts';
import type { LoginAnswer, Page } from './page.ts';
import type { FlowSettings } from './protocol.ts';
import { currentSdk } from './sdk.ts';

/** The SDK refuses more in one page's life, without an error and without calling back. */
const maxDialogs = 10;

export interface Dialog {
  /** Null where FB.login opened no window: the browser answered in its place. */
  readonly popup: Window | null;
  readonly error?: SignupErrorDetail;
}

/**
 * Calls FB.login in the caller's own task: a browser opens a window only for a press that is still fresh.
 * `onCode` gets the one-time code, or null for every answer without one.
 *
 * Meta: Facebook SDK for JavaScript › FB.login.
 */
export function openDialog(
  page: Page,
  appId: string,
  { configId, extras }: FlowSettings,
  onCode: (code: string | null) => void,
): Dialog {
  const sdk = currentSdk();
  const refuse = (code: string): Dialog => ({ popup: null, error: errorDetail(code) });
  if (!sdk) return refuse('sdk-timeout');
  if (page.appId !== appId) return refuse('app-conflict');
  if (page.dialogs >= maxDialogs) return refuse('dialog-limit');
  let popup: Window | null | undefined;
  const { open } = window;
  window.open = (...args) => {
    popup = open.apply(window, args);
    return popup;
  };
  try {
    sdk.login(
      // A plain function: the SDK throws on an async one.
      (answer: LoginAnswer | undefined) => {
        const code = answer?.authResponse?.code;
        const given = typeof code === 'string' && code ? code : null;
        queueMicrotask(() => onCode(given));
      },
      { config_id: configId, response_type: 'code', override_default_response_type: true, extras },
    );
  } catch {
    return refuse('dialog-failed');
  } finally {
    window.open = open;
  }
  if (popup === null) return refuse('popup-blocked');
  if (popup) page.dialogs++;
  return { popup: popup ?? null };
}

/** Calls `onClosed` once the window is closed: the SDK does not always call back then. Answers how to stop. */
export function watchPopup(popup: Window, onClosed: () => void): () => void {
  const poll = setInterval(() => {
    if (!popup.closed) return;
    clearInterval(poll);
    onClosed();
  }, 250);
  return () => clearInterval(poll);
}
