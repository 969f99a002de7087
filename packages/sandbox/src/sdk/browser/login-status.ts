import type { Settle } from './auth.ts';
import { contextType, encodeQuery, isSecure } from './environment.ts';
import type { AuthResponse, LoginCallback, LoginStatus, Status } from './globals.ts';
import { complain, warn } from './log.ts';
import type { State } from './state.ts';
import type { Storage } from './storage.ts';

/** `FB.getLoginStatus`, and what asks it from inside: whether this browser is connected to the app. */
export function createLoginStatus(state: State, storage: Storage, settle: Settle) {
  let progress: 'none' | 'loading' | 'loaded' = 'none';
  let waiting: LoginCallback[] = [];

  /** Without `force` one answer serves the whole page life, and a fresh one in the page's storage serves too. */
  function getLoginStatus(callback?: LoginCallback | null, force = false): void {
    if (!state.appId || !/^\d+$/.test(state.appId)) {
      warn(
        state.appId
          ? `FB.getLoginStatus() not checked for an invalid client ID ${state.appId}`
          : 'FB.getLoginStatus() called before calling FB.init().',
      );
      callback?.(becomeUnknown());
      return;
    }
    if (!force) {
      const kept = storage.readAnswer();
      if (kept) {
        progress = 'loaded';
        settle(kept.authResponse, kept.status, { isKept: true });
      }
      if (progress === 'loaded') {
        callback?.({ authResponse: state.authResponse, status: state.status ?? 'unknown' });
        return;
      }
    }
    if (callback) waiting.push(callback);
    if (!force && progress === 'loading') return;
    progress = 'loading';
    void ask().then((answer) => {
      progress = 'loaded';
      const callbacks = waiting;
      waiting = [];
      for (const each of callbacks) each(answer);
    });
  }

  async function ask(): Promise<LoginStatus> {
    // Who logged out or cancelled is not looked up again, until a login succeeds.
    if (!isSecure() || storage.isLoggedOut()) return becomeUnknown();
    const answer = await fetch(`${state.hosts.www}/x/oauth/status?${statusQuery()}`, {
      referrer: '/',
      mode: 'cors',
      credentials: 'include',
    }).catch(() => null);
    if (answer?.status !== 200) return failed(answer?.status ?? 0);
    const status = readStatus(answer.headers.get('fb-s'));
    const fields = JSON.parse(answer.headers.get('fb-ar') ?? '{}');
    const authResponse = status === 'connected' ? readAuthResponse(fields) : null;
    if (authResponse) {
      storage.keepToken(fields.long_lived_token);
      storage.unmarkLoggedOut();
    }
    settle(authResponse, status);
    return { authResponse, status };
  }

  function statusQuery(): string {
    const ancestors = [...(location.ancestorOrigins ?? [])].join(',');
    return encodeQuery({
      client_id: state.appId,
      input_token: storage.readToken(),
      origin: contextType(),
      redirect_uri: location.href,
      sdk: 'joey',
      wants_cookie_data: state.usesCookie,
      ...(ancestors ? { ancestor_origins: ancestors } : {}),
    });
  }

  /** What was known stays known. */
  function failed(httpStatus: number): LoginStatus {
    complain(
      `Error retrieving login status, ${httpStatus === 0 ? 'fetch cancelled.' : `HTTP status code: ${httpStatus}`}`,
    );
    if (!state.authResponse) return { authResponse: null, status: 'unknown' };
    return { authResponse: state.authResponse, status: state.status ?? 'unknown' };
  }

  function becomeUnknown(): LoginStatus {
    settle(null, 'unknown', { loginSource: null });
    return { authResponse: null, status: 'unknown' };
  }

  return getLoginStatus;
}

/** Names of the wire into names of the page; also what the browser's own dialog gives. */
export function readAuthResponse(fields: Record<string, unknown>): AuthResponse {
  return {
    accessToken: String(fields.access_token),
    userID: String(fields.user_id),
    expiresIn: Number(fields.expires_in ?? 0),
    signedRequest: String(fields.signed_request ?? ''),
    graphDomain: String(fields.graph_domain),
    ...(fields.data_access_expiration_time === undefined
      ? {}
      : { data_access_expiration_time: Number(fields.data_access_expiration_time) }),
  };
}

function readStatus(text: string | null): Status {
  return text === 'connected' || text === 'not_authorized' ? text : 'unknown';
}
