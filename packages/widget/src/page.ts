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
  status?: string;
  authResponse?: { code?: unknown } | null;
}

/** What a dialog's owner lets the others do. */
export interface Owner {
  focus(): void;
}

export interface Page {
  /** The SDK's loading, under way or done; null again after a failure, so that a retry is real. */
  sdk: Promise<void> | null;
  /** The address it was loaded from. */
  sdkUrl: string | null;
  /** The app id of the last FB.init that was seen: the SDK has one for the whole page. */
  appId: string | null;
  /** The SDK objects whose init is being watched. */
  readonly watched: WeakSet<FacebookSdk>;
  policy: { createScriptURL(url: string): unknown } | null;
  /** The SDK refuses the eleventh dialog of a page without a word. */
  dialogs: number;
  /** Whose dialog is or was last open: window messages are its own. */
  owner: Owner | null;
  /** The owner's attempt still runs. */
  busy: boolean;
  /** Onboardings picked up after a reload, so that two elements do not show the same one. */
  readonly resumed: Set<string>;
}

const key = Symbol.for('whatsapp-embedded-signup');

export function sharedPage(): Page {
  const holder = globalThis as { [key]?: Page };
  holder[key] ??= {
    sdk: null,
    sdkUrl: null,
    appId: null,
    watched: new WeakSet(),
    policy: null,
    dialogs: 0,
    owner: null,
    busy: false,
    resumed: new Set(),
  };
  return holder[key];
}

/** The script tag this file came in: known only while the script runs for the first time. */
const script = globalThis.document?.currentScript as HTMLScriptElement | null | undefined;

export const scriptNonce: string = script?.nonce ?? '';

/** The relay that serves the script at this address: all before `/widget.js` or `/widget/`, or null. */
export function relayOf(src: string | undefined): string | null {
  if (!src || !URL.canParse(src)) return null;
  const { origin, pathname } = new URL(src);
  const prefix = /^(.*?)\/widget(\.js$|\/)/.exec(pathname);
  return prefix && origin !== 'null' ? origin + prefix[1] : null;
}

export const scriptRelay: string | null = relayOf(script?.src);
