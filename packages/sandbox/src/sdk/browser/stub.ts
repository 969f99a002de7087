import type { Buffered, Sdk } from './globals.ts';
import { ownAddress } from './own-address.ts';

// The first stage: a stand-in object that keeps calls until the second stage takes its place. A page that
// takes "FB exists" for "FB works" breaks here as it breaks at Meta.
const { origin, locale } = ownAddress();

if (!window.FB) {
  window.FB = createStub();
  const script = document.createElement('script');
  script.src = `${origin}/${locale}/bundle/sdk.js/`;
  script.async = true;
  script.crossOrigin = 'anonymous';
  const first = document.scripts[0];
  if (first?.parentNode) first.parentNode.insertBefore(script, first);
  else document.head.append(script);
}

function createStub(): Sdk {
  const buffer: Buffered = { options: null, calls: [] };
  return {
    __buffer: buffer,
    init(options) {
      // Dropped without a word where the page also has fbAsyncInit, as the real one does.
      if (!('fbAsyncInit' in window)) buffer.options = options ?? null;
    },
    login(callback, options) {
      buffer.calls.push((sdk) => sdk.login(callback, options));
    },
    getLoginStatus(callback, force) {
      buffer.calls.push((sdk) => sdk.getLoginStatus(callback, force));
    },
    getAuthResponse: () => null,
  };
}
