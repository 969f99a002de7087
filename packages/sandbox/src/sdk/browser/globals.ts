/** What `FB.init` takes, as far as the sandbox minds it. Meta: Facebook SDK for JavaScript › FB.init(). */
export interface InitOptions {
  appId?: unknown;
  version?: unknown;
  /** Default true: ask at once whether the browser is connected. */
  status?: unknown;
  /** True: keep the signed request in a cookie, for the site's server. */
  cookie?: unknown;
  /** False: keep nothing in the page's storage. */
  localStorage?: unknown;
  /** `true` or `{autoPrompt, context}`: log in by the browser's own dialog. */
  fedCM?: unknown;
  /** What `FB.login` by the browser's own dialog asks for at once. */
  scope?: unknown;
  authResponse?: unknown;
}

export type Status = 'connected' | 'not_authorized' | 'unknown';

/** What a login gave: a code, or tokens of the browser's user. */
export interface AuthResponse {
  code?: string;
  accessToken?: string;
  userID: string | null;
  /** Seconds. */
  expiresIn: number;
  signedRequest?: string;
  graphDomain?: string;
  /** Seconds since 1970. */
  data_access_expiration_time?: number;
}

export interface LoginStatus {
  status: Status;
  authResponse: AuthResponse | null;
}

/** What the subscribers of `FB.Event` hear. */
export interface AuthEvent extends LoginStatus {
  loginSource?: string | null;
  message?: string | undefined;
}

export type LoginCallback = (response: LoginStatus) => void;

/** Calls that came before the SDK, as the first stage keeps them. */
export interface Buffer {
  calls: [name: string, parameters: unknown[]][];
  opts: InitOptions | null;
  replay: () => void;
}

export interface Sdk {
  init(options?: InitOptions): void;
  login(callback?: LoginCallback | null, options?: Record<string, unknown>): void;
  logout(callback?: LoginCallback): void;
  getLoginStatus(callback?: LoginCallback | null, force?: boolean): void;
  getAuthResponse(): AuthResponse | null;
  getAccessToken(): string | null;
  getUserID(): string;
  api(path: string, ...rest: unknown[]): void;
  ui(parameters: Record<string, unknown>, callback?: LoginCallback): void;
  Event: {
    subscribe(name: string, listener: (event: AuthEvent) => void): void;
    unsubscribe(name: string, listener: (event: AuthEvent) => void): void;
  };
  XFBML: { parse(...parameters: unknown[]): void };
  AppEvents: Record<string, (...parameters: unknown[]) => void>;
}

declare global {
  interface Window {
    FB?: Sdk & { __buffer?: Buffer };
    fbAsyncInit?: (() => void) & { hasRun?: boolean };
  }
}
