/** Opens Meta's dialog. */
import { SignupFailure } from './errors.ts';
import type { LoginAnswer, Page } from './page.ts';
import type { FlowSettings } from './protocol.ts';
import { currentSdk } from './sdk.ts';

/** The SDK refuses more in one page's life, without an error and without calling back. */
const maxDialogs = 10;

/**
 * Calls FB.login in the caller's own task: a browser opens a window only for a press that is still fresh. Answers
 * the window, or null where none was opened because the browser answered in its place. `onCode` gets the one-time
 * code, or null for every answer without one. Throws `popup-blocked`, `dialog-limit`, or what FB.login
 * throws.
 *
 * Meta: Facebook SDK for JavaScript › FB.login.
 */
export function openDialog(
  page: Page,
  { configId, extras }: FlowSettings,
  onCode: (code: string | null) => void,
): Window | null {
  if (page.dialogs >= maxDialogs) throw new SignupFailure('dialog-limit');
  let popup: Window | null | undefined;
  const { open } = window;
  window.open = (...args) => {
    popup = open.apply(window, args);
    return popup;
  };
  try {
    currentSdk()?.login(
      // A plain function: the SDK throws on an async one.
      (answer: LoginAnswer | undefined) => {
        // Where the customer leaves after an earlier signup, the SDK gives that one's code again, as `unknown`.
        const code = answer?.status === 'connected' && answer.authResponse?.code;
        queueMicrotask(() => onCode(typeof code === 'string' ? code : null));
      },
      { config_id: configId, response_type: 'code', override_default_response_type: true, extras },
    );
  } finally {
    window.open = open;
  }
  if (popup === null) throw new SignupFailure('popup-blocked');
  if (popup) page.dialogs++;
  return popup ?? null;
}
