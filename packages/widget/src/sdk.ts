/**
 * Brings Meta's SDK to the page. The only file that touches the document's head.
 *
 * Meta: Facebook SDK for JavaScript › Advanced setup. The file at `sdk.js` is a loader: it puts a stand-in at
 * `window.FB` and replaces it when the real SDK has come. So neither the script's `load` event nor the presence
 * of `window.FB` says that it can be used.
 */
import { SignupFailure } from './errors.ts';
import { type FacebookSdk, type Page, scriptNonce } from './page.ts';
import type { LaunchSettings } from './protocol.ts';

export const metaSdkUrl = 'https://connect.facebook.net';

const host = globalThis as typeof globalThis & { FB?: FacebookSdk };

/** The SDK that can be used now. Read at each use: the object is replaced while it loads. */
export function currentSdk(): FacebookSdk | undefined {
  return host.FB?.__buffer ? undefined : host.FB;
}

/**
 * Loads the SDK once for the page and sets it to this app. An SDK that is there already is used as it is, so that
 * none is loaded twice. Throws `sdk-blocked` or `sdk-timeout`.
 */
export async function prepareSdk(
  { sdkUrl, appId, graphVersion: version }: Pick<LaunchSettings, 'sdkUrl' | 'appId' | 'graphVersion'>,
  page: Page,
  nonce: string,
): Promise<void> {
  page.sdk ??= loadSdk(`${sdkUrl}/en_US/sdk.js`, nonce).catch((error: unknown) => {
    page.sdk = null;
    throw error;
  });
  await page.sdk;
  if (page.appId === appId) return;
  page.appId = appId;
  currentSdk()?.init({
    appId,
    version,
    // Nothing is asked, kept or counted before a person presses.
    status: false,
    autoLogAppEvents: false,
    localStorage: false,
    // FedCM drops config_id and answers with a token in place of a code.
    fedCM: false,
  });
}

async function loadSdk(src: string, nonce: string): Promise<void> {
  const script = host.FB ? null : document.createElement('script');
  let poll: ReturnType<typeof setInterval> | undefined;
  try {
    await new Promise<void>((resolve, reject) => {
      poll = setInterval(() => {
        if (currentSdk()) resolve();
      }, 20);
      setTimeout(reject, 15_000, new SignupFailure('sdk-timeout'));
      if (!script) return;
      script.nonce = nonce || scriptNonce;
      script.onerror = () => reject(new SignupFailure('sdk-blocked'));
      script.src = src;
      document.head.append(script);
    });
  } catch (error) {
    script?.remove();
    throw error;
  } finally {
    clearInterval(poll);
  }
}
