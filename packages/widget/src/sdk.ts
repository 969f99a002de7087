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

const host = globalThis as typeof globalThis & {
  FB?: FacebookSdk;
  fbAsyncInit?: (() => void) & { hasRun?: boolean };
  trustedTypes?: { createPolicy(name: string, rules: ScriptPolicy): ScriptPolicy };
};

interface ScriptPolicy {
  createScriptURL(url: string): string;
}

/** The SDK that can be used now. Read at each use: the object is replaced while it loads. */
export function currentSdk(): FacebookSdk | undefined {
  return host.FB?.__buffer ? undefined : host.FB;
}

/** Loads and initialises the SDK once for the page. Throws `sdk-blocked`, `sdk-timeout` or `app-conflict`. */
export async function prepareSdk(
  { sdkUrl, appId, graphVersion: version }: Pick<LaunchSettings, 'sdkUrl' | 'appId' | 'graphVersion'>,
  page: Page,
  nonce: string,
): Promise<void> {
  page.sdk ??= loadSdk(page, sdkUrl, nonce).catch((error: unknown) => {
    page.sdk = null;
    throw error;
  });
  await page.sdk;
  if (!page.appId) {
    currentSdk()?.init({
      appId,
      version,
      cookie: false,
      status: false,
      xfbml: false,
      autoLogAppEvents: false,
      localStorage: false,
      // FedCM drops config_id and answers with a token in place of a code.
      fedCM: false,
    });
  }
  // A second init would take the whole page over to this app, the site's own login included.
  if (page.appId !== appId) throw new SignupFailure('app-conflict');
}

async function loadSdk(page: Page, sdkUrl: string, nonce: string): Promise<void> {
  const src = `${sdkUrl}/en_US/sdk.js`;
  const present = document.querySelector<HTMLScriptElement>(`script[src^="${sdkUrl}/"]`);
  page.appId ??= present?.src.match(/[#&?]appId=(\d+)/)?.[1] ?? null;
  const start = host.fbAsyncInit;
  let hosted: typeof start;
  // Where the site has a start of its own it runs as it would have, and what it initialises is seen. Where it has
  // none, none is set: the loader's stand-in forgets an early FB.init as soon as that property exists.
  if (start && !start.hasRun && !currentSdk()) {
    hosted = host.fbAsyncInit = () => {
      hosted = undefined;
      watchInit(page);
      start();
    };
  }
  const script = present || host.FB ? null : document.createElement('script');
  const end = Date.now() + 15_000;
  let poll: ReturnType<typeof setInterval> | undefined;
  try {
    await new Promise<void>((resolve, reject) => {
      poll = setInterval(() => {
        watchInit(page);
        if (currentSdk() && (!hosted || hosted !== host.fbAsyncInit)) resolve();
        else if (Date.now() > end) reject(new SignupFailure('sdk-timeout'));
      }, 20);
      if (!script) return;
      script.async = true;
      script.nonce = nonce || scriptNonce;
      script.onerror = () => reject(new SignupFailure('sdk-blocked'));
      page.policies[src] ??= host.trustedTypes?.createPolicy('whatsapp-embedded-signup', {
        createScriptURL: (url) => (url === src ? url : ''),
      });
      script.src = page.policies[src]?.createScriptURL(src) ?? src;
      document.head.append(script);
    });
  } catch (error) {
    script?.remove();
    throw error;
  } finally {
    clearInterval(poll);
  }
}

/** Sees whichever app is initialised, also later and by the site itself. */
function watchInit(page: Page): void {
  const sdk = currentSdk();
  if (!sdk || sdk === page.watched) return;
  page.watched = sdk;
  const { init } = sdk;
  sdk.init = (options) => {
    page.appId = String(options.appId);
    init.call(sdk, options);
  };
}
