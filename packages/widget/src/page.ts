/**
 * What all copies of the element on one page share, however often the script was included: Meta's SDK is one
 * global, and its window messages say nothing about which button they belong to.
 */

/** The part of Meta's JavaScript SDK that is used. */
export interface FacebookSdk {
  init(options: Record<string, unknown>): void;
  login(callback: (answer: LoginAnswer | undefined) => void, options: Record<string, unknown>): void;
  /** Only on the loader's stand-in, which is replaced when the real SDK has run. */
  __buffer?: unknown;
}

export interface LoginAnswer {
  status?: unknown;
  authResponse?: { code?: unknown } | null;
}

export interface Page {
  /** The SDK's loading, under way or done; null again after a failure, so that a retry is real. */
  sdk?: Promise<void> | null;
  /** The app that the SDK is set to: it has one for the whole page. */
  appId?: string;
  /** The SDK refuses the eleventh dialog of a page without a word. */
  dialogs: number;
  /** Whose dialog is or was last open: window messages are its own. */
  owner?: { isBusy(): boolean };
}

const key = Symbol.for('whatsapp-embedded-signup');

export function sharedPage(): Page {
  const holder = globalThis as { [key]?: Page };
  holder[key] ??= { dialogs: 0 };
  return holder[key];
}

/** The script tag this file came in: known only while the script runs for the first time. */
const script = globalThis.document?.currentScript as HTMLScriptElement | null | undefined;

export const scriptNonce: string = script?.nonce ?? '';

/** The relay that serves the script at this address: all before `/widget.js` or `/widget/`, or null. */
export function relayOf(src = ''): string | null {
  return /^(https?:\/\/[^?#]+?)\/widget(\.js\b|\/)/.exec(src)?.[1] ?? null;
}

export const scriptRelay: string | null = relayOf(script?.src);
