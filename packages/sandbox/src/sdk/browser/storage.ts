import { isSecure } from './environment.ts';
import type { AuthResponse, LoginStatus, Status } from './globals.ts';
import type { State } from './state.ts';

const yearMs = 365 * 24 * 60 * 60 * 1000;

/** How long an answer is taken from the page's storage: with a token, and without. */
const trustedMs = { connected: 90 * 60 * 1000, otherwise: 24 * 60 * 60 * 1000 };

/**
 * What the SDK leaves in the page: `fbssls_<app>` in the session's storage (the last answer, code or tokens
 * included), `fblst_<app>` in the local one (a long-lived token), and the cookies `fblo_<app>` (logged out, or
 * cancelled) and `fbsr_<app>` (the signed request, where `cookie` is set).
 */
export function createStorage(state: State) {
  const keeps = (): boolean => state.usesStorage && isSecure();

  return {
    keepAnswer(authResponse: AuthResponse | null, status: Status): void {
      if (!keeps()) return;
      const { connected, otherwise } = trustedMs;
      const lifeMs = authResponse?.expiresIn ? Math.min(authResponse.expiresIn * 750, connected) : otherwise;
      const answer = { authResponse, status, expiresAt: Date.now() + lifeMs };
      // A page may have no storage; the answer counts all the same.
      attempt(() => sessionStorage.setItem(`fbssls_${state.appId}`, JSON.stringify(answer)));
    },
    readAnswer(): LoginStatus | null {
      if (!keeps()) return null;
      const answer = attempt(() => JSON.parse(sessionStorage.getItem(`fbssls_${state.appId}`) ?? 'null'));
      return answer?.expiresAt > Date.now() ? answer : null;
    },
    keepToken(token: unknown): void {
      if (!keeps() || typeof token !== 'string' || token === '') return;
      attempt(() => localStorage.setItem(`fblst_${state.appId}`, token));
    },
    readToken: (): string | null =>
      state.usesStorage ? (attempt(() => localStorage.getItem(`fblst_${state.appId}`)) ?? null) : null,
    dropToken(): void {
      if (state.usesStorage) attempt(() => localStorage.removeItem(`fblst_${state.appId}`));
    },
    markLoggedOut(): void {
      writeCookie(`fblo_${state.appId}`, 'y', Date.now() + yearMs);
    },
    unmarkLoggedOut(): void {
      writeCookie(`fblo_${state.appId}`, '', 0);
    },
    isLoggedOut: (): boolean => document.cookie.split('; ').includes(`fblo_${state.appId}=y`),
    keepSignedRequest({ signedRequest, expiresIn }: AuthResponse): void {
      if (!state.usesCookie || !signedRequest) return;
      writeCookie(`fbsr_${state.appId}`, signedRequest, Date.now() + expiresIn * 1000, crossSite);
    },
    dropSignedRequest(): void {
      if (state.usesCookie) writeCookie(`fbsr_${state.appId}`, '', 0, crossSite);
    },
  };
}

export type Storage = ReturnType<typeof createStorage>;

const crossSite = '; SameSite=None; Secure';

function writeCookie(name: string, value: string, expires: number, attributes = ''): void {
  const until = new Date(expires).toUTCString();
  // biome-ignore lint/suspicious/noDocumentCookie: the SDK's cookies are set in this task, or a reload misses them.
  document.cookie = `${name}=${value}; expires=${until}; path=/${attributes}`;
}

function attempt<T>(what: () => T): T | undefined {
  try {
    return what();
  } catch {
    return undefined;
  }
}
