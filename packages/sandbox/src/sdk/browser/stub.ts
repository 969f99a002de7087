import type { Buffer, Sdk } from './globals.ts';
import { localeOf, scriptAddress } from './hosts.ts';

// The first stage: a stand-in object that keeps calls until the second stage takes its place. A page that
// takes "FB exists" for "FB works" breaks here as it breaks at Meta.
const address = scriptAddress();

/** What pages may call before the SDK is there. */
const kept = [
  'AppEvents.activateApp',
  'AppEvents.logEvent',
  'AppEvents.logPageView',
  'Event.subscribe',
  'Event.unsubscribe',
  'XFBML.parse',
  'api',
  'getLoginStatus',
  'login',
  'logout',
  'ui',
];

if (!window.FB) {
  window.FB = createStub();
  const script = document.createElement('script');
  script.src = `${address.origin}/${localeOf(address)}/bundle/sdk.js/`;
  script.async = true;
  script.crossOrigin = 'anonymous';
  const first = document.scripts[0];
  if (first?.parentNode) first.parentNode.insertBefore(script, first);
  else document.head.append(script);
}

function createStub(): Sdk & { __buffer: Buffer } {
  const buffer: Buffer = { calls: [], opts: null, replay };
  const stub: Record<string, unknown> = {
    __buffer: buffer,
    init(options: Buffer['opts']) {
      // Dropped without a word where the page also has fbAsyncInit, as the real one does.
      if (!('fbAsyncInit' in window)) buffer.opts = options;
    },
    getAuthResponse: () => null,
    getAccessToken: () => null,
    getUserID: () => '',
  };
  for (const path of kept) {
    const [group = '', name] = path.split('.');
    const keep = (...parameters: unknown[]) => void buffer.calls.push([path, parameters]);
    if (name === undefined) stub[group] = keep;
    else stub[group] = { ...(stub[group] as object), [name]: keep };
  }
  return stub as unknown as Sdk & { __buffer: Buffer };

  /** Calls again, on whatever the page's `FB` is by now. */
  function replay(): void {
    for (const [path, parameters] of buffer.calls.splice(0)) {
      const [group = '', name] = path.split('.');
      const sdk = window.FB as unknown as Record<string, unknown>;
      const target = name === undefined ? sdk : (sdk[group] as Record<string, unknown>);
      (target[name ?? group] as (...parameters: unknown[]) => void)(...parameters);
    }
  }
}
