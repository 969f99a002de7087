/** Where this script came from: the origin of everything else, and the locale in its path. */
export function ownAddress(): { origin: string; locale: string } {
  const script = document.currentScript;
  const url = new URL(script instanceof HTMLScriptElement ? script.src : location.href);
  return { origin: url.origin, locale: url.pathname.split('/')[1] ?? 'en_US' };
}
