/**
 * Brings Meta's SDK to the page. The only file that touches the document's head.
 *
 * Meta: Facebook SDK for JavaScript › Advanced setup. The file at `sdk.js` is a loader: it puts a stand-in at
 * `window.FB` and replaces it when the real SDK has come. So neither the script's `load` event nor the presence
 * of `window.FB` says that it can be used.
 */
import { failure } from './errors.ts';
import { type FacebookSdk, type Page, scriptNonce } from './page.ts';

export const metaSdkUrl = 'https://connect.facebook.net';

type HostInit = (() => void) & { hasRun?: boolean };

const host = globalThis as typeof globalThis & {
  FB?: FacebookSdk;
  fbAsyncInit?: HostInit;
  trustedTypes?: {
    createPolicy(
      name: string,
      rules: { createScriptURL(url: string): string },
    ): { createScriptURL(url: string): unknown };
  };
};

/** The SDK that can be used now. Read at each use: the object is replaced while it loads. */
export function currentSdk(): FacebookSdk | null {
  return host.FB && !host.FB.__buffer ? host.FB : null;
}

export interface SdkOptions {
  page: Page;
  /** Origin of the SDK: Meta's, or a sandbox's. */
  sdkUrl: string;
  appId: string;
  /** As in Meta's paths: `v26.0`. */
  version: string;
  nonce?: string;
  /** Milliseconds until `sdk-timeout`. */
  timeout?: number;
}

/** Loads and initialises the SDK once for the page. Throws `sdk-blocked`, `sdk-timeout` or `app-conflict`. */
export async function prepareSdk(options: SdkOptions): Promise<void> {
  const { page, appId, version, sdkUrl } = options;
  if (page.sdkUrl && page.sdkUrl !== sdkUrl) throw failure('app-conflict');
  page.sdkUrl = sdkUrl;
  page.sdk ??= loadSdk(options).catch((error: unknown) => {
    page.sdk = null;
    page.sdkUrl = null;
    throw error;
  });
  await page.sdk;
  const sdk = currentSdk();
  if (!sdk) throw failure('sdk-timeout');
  if (page.appId === appId) return;
  // A second init takes the whole page over to another app, the site's own login included.
  if (page.appId) throw failure('app-conflict');
  sdk.init({
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

async function loadSdk({ page, sdkUrl, nonce, timeout = 15_000 }: SdkOptions): Promise<void> {
  const present = document.querySelector<HTMLScriptElement>(`script[src^="${sdkUrl}/"][src*="sdk.js"]`);
  page.appId ??= /[#&?]appId=(\w+)/.exec(present?.src ?? '')?.[1] ?? null;
  watchInit(page);
  if (currentSdk()) return;
  const hostHasRun = chainHostInit(page);
  const script = present || host.FB ? null : document.createElement('script');
  await new Promise<void>((resolve, reject) => {
    const end = (error?: Error): void => {
      clearInterval(poll);
      clearTimeout(limit);
      if (!error) resolve();
      else reject(error);
    };
    // The site's start follows the SDK by a task; one that was replaced meanwhile never runs.
    let turns = 25;
    const poll = setInterval(() => {
      if (!currentSdk()) return;
      watchInit(page);
      if (hostHasRun() || !turns--) end();
    }, 20);
    const limit = setTimeout(() => end(failure('sdk-timeout')), timeout);
    if (!script) return;
    script.async = true;
    script.nonce = nonce || scriptNonce;
    script.onerror = () => end(failure('sdk-blocked'));
    try {
      script.src = trusted(page, `${sdkUrl}/en_US/sdk.js`);
      document.head.append(script);
    } catch {
      end(failure('sdk-blocked')); // the page's Trusted Types refuse this policy
    }
  }).catch((error: unknown) => {
    script?.remove();
    throw error;
  });
}

/**
 * Lets the site's own start run as it would have, and sees what it initialises. Where the site has none, none is
 * set: the loader's stand-in forgets an early FB.init as soon as that property exists.
 */
function chainHostInit(page: Page): () => boolean {
  const before = host.fbAsyncInit;
  let ran = !before || before.hasRun === true;
  if (before && !ran) {
    host.fbAsyncInit = () => {
      ran = true;
      watchInit(page);
      before();
    };
  }
  return () => ran;
}

/** Sees whichever app is initialised, also later and by the site itself. */
function watchInit(page: Page): void {
  const sdk = currentSdk();
  if (!sdk || page.watched.has(sdk)) return;
  page.watched.add(sdk);
  const { init } = sdk;
  sdk.init = (options) => {
    page.appId = String(options?.appId ?? '') || page.appId;
    init.call(sdk, options);
  };
}

/** A policy that lets this one address through and no other, where the page enforces Trusted Types. */
function trusted(page: Page, src: string): string {
  page.policy ??=
    host.trustedTypes?.createPolicy('whatsapp-embedded-signup', {
      createScriptURL(url) {
        if (url === src) return url;
        throw new TypeError(url);
      },
    }) ?? null;
  return (page.policy?.createScriptURL(src) ?? src) as string;
}
