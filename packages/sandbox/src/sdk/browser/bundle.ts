import { findHosts, localeOf, scriptAddress } from './hosts.ts';
import { createSdk } from './sdk.ts';

// The second stage: a new object takes the stand-in's place, so references to the old one go stale.
const address = scriptAddress();
const buffer = window.FB?.__buffer;

if (!window.FB || buffer) {
  const hosts = findHosts(address);
  const { sdk, state } = createSdk({ hosts, locale: localeOf(address), replay: () => buffer?.replay() });
  window.FB = sdk;
  setTimeout(() => {
    for (const options of initsInAddresses(hosts.sdk)) sdk.init(options);
    const ready = window.fbAsyncInit;
    if (typeof ready !== 'function' || ready.hasRun) return;
    ready.hasRun = true;
    ready();
  }, 0);
  setTimeout(() => {
    if (buffer?.opts && !state.initialized) sdk.init(buffer.opts);
  }, 0);
}

/** `sdk.js#version=v26.0&appId=1` is an `FB.init` of its own, for every such script of the page. */
function* initsInAddresses(origin: string): Generator<Record<string, unknown>> {
  for (const { src } of document.scripts) {
    const hash = src.startsWith(`${origin}/`) ? src.split('#')[1] : undefined;
    if (!hash) continue;
    const options = Object.fromEntries(new URLSearchParams(hash));
    yield Object.fromEntries(
      Object.entries(options).map(([name, value]) => [name, value === '0' ? 0 : value]),
    );
  }
}
