import { dialogUrl } from './dialog-url.ts';
import type { LoginCallback, LoginStatus, Sdk } from './globals.ts';
import { fetchLoginStatus } from './login-status.ts';
import { createPopups } from './popups.ts';
import { randomId } from './random-id.ts';

/** Dialogs in one page life; after them the SDK only complains to the console. */
const dialogLimit = 10;

/** The working SDK. `waiting` are the calls that the first stage kept; they run after the first `init`. */
export function createSdk(address: { origin: string; locale: string }, waiting: ((sdk: Sdk) => void)[]): Sdk {
  const { origin, locale } = address;
  const popups = createPopups(origin);
  let settings: { appId: string | null; version: string; keeps: boolean } | null = null;
  let current: LoginStatus = { status: 'unknown', authResponse: null };
  let opened = 0;

  const sdk: Sdk = {
    init(options = {}) {
      const { appId, version } = options;
      if (typeof version !== 'string' || !/^v\d+\.\d\d?$/.test(version)) {
        throw new Error('invalid version specified');
      }
      if (settings) warn('FB.init has already been called - this could indicate a problem');
      settings = { appId: readAppId(appId), version, keeps: options.localStorage !== false };
      new Image().src = `${origin}/platform/impression.php/${randomId()}/?api_key=${settings.appId ?? ''}&lid=115`;
      if (options.status !== false) sdk.getLoginStatus();
      for (const call of waiting.splice(0)) call(sdk);
    },
    login(callback, options = {}) {
      const call = plainFunction(callback);
      if (!settings) throw new Error('init not called with valid version');
      // A configuration always opens a dialog; without one a connected browser is answered at once.
      if (current.status === 'connected' && !options.config_id) {
        warn('FB.login() called when user is already connected.');
        call(current);
        return;
      }
      if (opened >= dialogLimit) {
        complain('request to oauth has exceeded the rate limit');
        return;
      }
      opened++;
      const { appId, version } = settings;
      const callbackId = randomId();
      popups.open(dialogUrl({ origin, locale, version, appId, callbackId }, options), callbackId, {
        answered: (fields) => call(keep(readAnswer(fields))),
        closed: (claim) => {
          void fetchLoginStatus(origin, appId).then((status) => {
            if (claim()) call(keep(status));
          });
        },
      });
    },
    getLoginStatus(callback, force = true) {
      const call = plainFunction(callback);
      if (!settings) throw new Error('init not called with valid version');
      if (!force) {
        call(current);
        return;
      }
      void fetchLoginStatus(origin, settings.appId).then((status) => call(keep(status)));
    },
    getAuthResponse: () => current.authResponse,
  };
  return sdk;

  /** Remembers the answer and, as the real SDK does unless told otherwise, leaves it in the page's storage. */
  function keep(status: LoginStatus): LoginStatus {
    current = status;
    if (settings?.keeps && status.authResponse) {
      try {
        sessionStorage.setItem(`fbssls_${settings.appId}`, JSON.stringify(status));
      } catch {
        // A page may have no storage; the answer counts all the same.
      }
    }
    return status;
  }
}

function readAppId(appId: unknown): string | null {
  const text = String(appId ?? '');
  if (/^(\d{1,21}|[0-9a-f]+)$/.test(text)) return text;
  warn('Invalid App Id: Must be a number or numeric string representing the application id.');
  return null;
}

function readAnswer(fields: URLSearchParams): LoginStatus {
  const code = fields.get('code');
  if (!code) return { status: 'unknown', authResponse: null };
  const authResponse = {
    code,
    userID: null,
    expiresIn: Number(fields.get('expires_in') ?? 0),
    data_access_expiration_time: Number(fields.get('data_access_expiration_time') ?? 0),
  };
  return { status: 'connected', authResponse };
}

/** The real SDK looks at the tag of the value, so that an async function is refused. */
function plainFunction(callback: LoginCallback | undefined): LoginCallback {
  if (callback === undefined || callback === null) return () => undefined;
  const type = Object.prototype.toString.call(callback).slice(8, -1).toLowerCase();
  if (type !== 'function') throw new Error(`Expression is of type ${type}, not function`);
  return callback;
}

function warn(message: string): void {
  // biome-ignore lint/suspicious/noConsole: the SDK speaks to the page's developer here.
  console.warn(message);
}

function complain(message: string): void {
  // biome-ignore lint/suspicious/noConsole: the SDK speaks to the page's developer here.
  console.error(message);
}
