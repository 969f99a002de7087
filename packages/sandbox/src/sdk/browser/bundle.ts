import { ownAddress } from './own-address.ts';
import { createSdk } from './sdk.ts';

// The second stage: a new object takes the stand-in's place, so references to the old one go stale.
const address = ownAddress();
const buffer = window.FB?.__buffer;

if (!window.FB || buffer) {
  const sdk = createSdk(address, buffer?.calls ?? []);
  window.FB = sdk;
  if (buffer?.options) sdk.init(buffer.options);
  setTimeout(() => {
    const ready = window.fbAsyncInit;
    if (typeof ready !== 'function' || ready.hasRun) return;
    ready.hasRun = true;
    ready();
  }, 0);
}
