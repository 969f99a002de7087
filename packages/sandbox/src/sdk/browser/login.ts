import { assertFunction, assertInitialized, assertVersion, warnInsecure } from './assertions.ts';
import type { Settle } from './auth.ts';
import { openingFor } from './dialog-url.ts';
import type { Events } from './events.ts';
import { askBrowser, isFedCmSupported } from './fed-cm.ts';
import type { AuthResponse, LoginCallback, LoginStatus } from './globals.ts';
import { report } from './impressions.ts';
import { complain, warn } from './log.ts';
import { createPopups } from './popups.ts';
import type { State } from './state.ts';
import type { Storage } from './storage.ts';

/** Dialogs in one page life; after them the SDK only complains to the console. */
const dialogLimit = 10;

export interface LoginParts {
  state: State;
  events: Events;
  storage: Storage;
  settle: Settle;
  /** Asks anew whether the browser is connected. */
  refreshStatus: (callback: LoginCallback) => void;
}

/** `FB.login`. */
export function createLogin({ state, events, storage, settle, refreshStatus }: LoginParts) {
  const popups = createPopups(state.hosts);
  let opened = 0;

  return (callback?: LoginCallback | null, options: Record<string, unknown> = {}): void => {
    warnInsecure('login');
    if (state.fedCm && isFedCmSupported()) void loginByBrowser(callback, options);
    else openDialog(callback, options);
  };

  /** The browser's own dialog; where it cannot be had, the popup after all, though the gesture may be over. */
  async function loginByBrowser(
    callback: LoginCallback | null | undefined,
    options: Record<string, unknown>,
  ) {
    const outcome = await askBrowser(state, { scope: options.scope });
    if (outcome.status === 'success') {
      storage.unmarkLoggedOut();
      settle(outcome.authResponse, 'connected');
      callback?.(present(outcome.authResponse));
    } else if (outcome.status === 'cancelled') {
      storage.markLoggedOut();
      settle(null, 'unknown');
      callback?.(present(null));
    } else openDialog(callback, options);
  }

  function openDialog(callback: LoginCallback | null | undefined, options: Record<string, unknown>): void {
    assertFunction(callback);
    assertInitialized(state);
    if (options.version) assertVersion(options.version);
    if (options.redirect_uri) warn('When using FB.ui, you should not specify a redirect_uri.');
    if (opened >= dialogLimit) {
      complain('Your request to oauth has exceeded the rate limit, please try again later');
      return;
    }
    opened++;
    if (!state.appId) {
      complain('FB.login() called before FB.init().');
      return;
    }
    // A configuration always opens a dialog; without one a connected browser is answered at once.
    const { scope, config_id, asset_scope, auth_type } = options;
    if (state.authResponse && !scope && !config_id && !asset_scope && !auth_type) {
      complain('FB.login() called when user is already connected.');
      callback?.(present(state.authResponse));
      return;
    }
    // What the page had before; a refusal gives it back, with the status `unknown`.
    const before = state.authResponse;
    report(state, { action: 'client_login_start' });
    popups.open((callbackId) => openingFor(state, options, callbackId), {
      answered: (fields) => answered(fields, before, callback),
      closed: () =>
        new Promise((resolve) => {
          refreshStatus(({ status, authResponse }) =>
            resolve(() => {
              if (status === 'connected') {
                storage.unmarkLoggedOut();
                callback?.(present(authResponse));
              } else refuse('auth.denied', undefined, before, callback);
            }),
          );
        }),
    });
  }

  function answered(fields: URLSearchParams, before: AuthResponse | null, callback?: LoginCallback | null) {
    const code = fields.get('code');
    if (!code) {
      const message = fields.get('error_message') ?? fields.get('error_description') ?? undefined;
      const event = fields.get('error') === 'access_denied' ? 'auth.denied' : 'auth.error';
      refuse(event, message, before, callback);
      return;
    }
    const dataAccess = fields.get('data_access_expiration_time');
    const authResponse: AuthResponse = {
      userID: null,
      expiresIn: Number(fields.get('expires_in') ?? Number.NaN),
      code,
      ...(dataAccess ? { data_access_expiration_time: Number(dataAccess) } : {}),
    };
    storage.unmarkLoggedOut();
    settle(authResponse, 'connected');
    callback?.(present(authResponse));
  }

  function refuse(
    event: 'auth.denied' | 'auth.error',
    message: string | undefined,
    before: AuthResponse | null,
    callback?: LoginCallback | null,
  ): void {
    storage.markLoggedOut();
    settle(null, 'unknown');
    events.fire(event, { authResponse: null, status: 'unknown', message });
    callback?.(present(before));
  }

  function present(authResponse: AuthResponse | null): LoginStatus {
    return { authResponse, status: state.status ?? 'unknown' };
  }
}
