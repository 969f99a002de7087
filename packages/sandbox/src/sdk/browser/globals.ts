/** What `FB.init` takes, as far as the sandbox minds it. Meta: Facebook SDK for JavaScript › FB.init(). */
export interface InitOptions {
  appId?: unknown;
  version?: unknown;
  /** Default true: ask at once whether the browser is connected. */
  status?: unknown;
  /** False: keep nothing in the page's storage. */
  localStorage?: unknown;
}

export interface LoginStatus {
  status: 'connected' | 'unknown';
  authResponse: Record<string, unknown> | null;
}

export type LoginCallback = (response: LoginStatus) => void;

export interface Sdk {
  init(options?: InitOptions): void;
  login(callback?: LoginCallback, options?: Record<string, unknown>): void;
  getLoginStatus(callback?: LoginCallback, force?: boolean): void;
  getAuthResponse(): Record<string, unknown> | null;
  /** On the first stage only: what waits for the second. */
  __buffer?: Buffered;
}

export interface Buffered {
  options: InitOptions | null;
  calls: ((sdk: Sdk) => void)[];
}

declare global {
  interface Window {
    FB?: Sdk;
    fbAsyncInit?: (() => void) & { hasRun?: boolean };
  }
}
