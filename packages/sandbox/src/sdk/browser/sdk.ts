import { assertInitialized, warnInsecure } from './assertions.ts';
import { createSettle } from './auth.ts';
import { createEvents } from './events.ts';
import { askBrowser, isFedCmSupported } from './fed-cm.ts';
import type { InitOptions, LoginCallback, Sdk } from './globals.ts';
import { createApi } from './graph-api.ts';
import type { Hosts } from './hosts.ts';
import { init, promptsAtOnce } from './init.ts';
import { complain } from './log.ts';
import { createLogin } from './login.ts';
import { createLoginStatus } from './login-status.ts';
import { createState, type State } from './state.ts';
import { createStorage } from './storage.ts';

/** The working SDK. `replay` calls what the first stage kept; it runs after every `init`. */
export function createSdk(options: { hosts: Hosts; locale: string; replay: () => void }): {
  sdk: Sdk;
  state: State;
} {
  const state = createState(options.hosts, options.locale);
  const events = createEvents();
  const storage = createStorage(state);
  const settle = createSettle(state, { events, storage, onTokenLost: () => getLoginStatus(null, true) });
  const getLoginStatus = createLoginStatus(state, storage, settle);
  const refreshStatus = (callback: LoginCallback) => getLoginStatus(callback, true);
  const login = createLogin({ state, events, storage, settle, refreshStatus });
  const api = createApi(state, () => getLoginStatus(null, true));

  const sdk: Sdk = {
    init(given) {
      init(state, given);
      const asked: InitOptions = { status: true, ...given };
      if (asked.status) getLoginStatus();
      if (promptsAtOnce(asked) && isFedCmSupported()) void prompt(asked.scope);
      options.replay();
    },
    login,
    logout(callback) {
      const { authResponse } = state;
      if (!authResponse) {
        complain('FB.logout() called without an access token.');
        return;
      }
      settle(null, 'unknown');
      storage.markLoggedOut();
      // After a login that gave a code and no token, nothing is asked and nobody called back.
      if (!authResponse.accessToken) return;
      const url = `${state.hosts.www}/x/oauth/logout?access_token=${encodeURIComponent(authResponse.accessToken)}`;
      void fetch(url, { credentials: 'include' })
        .catch(() => null)
        .then(() => callback?.({ authResponse: state.authResponse, status: state.status ?? 'unknown' }));
    },
    getLoginStatus(callback, force) {
      warnInsecure('getLoginStatus');
      getLoginStatus(callback, force);
    },
    getAuthResponse: () => state.authResponse,
    getAccessToken: () => state.authResponse?.accessToken ?? null,
    getUserID: () => state.userId,
    api(path, ...rest) {
      assertInitialized(state);
      api(path, ...rest);
    },
    ui({ method, ...parameters }, callback) {
      if (method === 'permissions.oauth' || method === 'oauth') login(callback, parameters);
      else complain(`FB.ui: the sandbox has no dialog "${String(method)}".`);
    },
    Event: { subscribe: events.subscribe, unsubscribe: events.unsubscribe },
    // The sandbox has no social plugins and counts no events; pages that use them go on.
    XFBML: { parse: () => undefined },
    AppEvents: { activateApp: () => undefined, logEvent: () => undefined, logPageView: () => undefined },
  };
  return { sdk, state };

  async function prompt(scope: unknown): Promise<void> {
    const outcome = await askBrowser(state, { scope, mediation: 'optional' });
    if (outcome.status !== 'success') return;
    storage.unmarkLoggedOut();
    settle(outcome.authResponse, 'connected');
  }
}
