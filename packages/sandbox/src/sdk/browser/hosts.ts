/** Where the SDK finds the rest of Meta: origins, without a slash at the end. */
export interface Hosts {
  /** Serves this script. */
  sdk: string;
  www: string;
  /** The dialog on phones. */
  mobile: string;
  /** The dialog on Android. */
  oauth: string;
  /** The way back from the dialog. */
  arbiter: string;
  graph: string;
  /** Whether the dialog's answer may come from this origin. */
  isTrusted: (origin: string) => boolean;
}

/**
 * Follows from where this script came from: under Meta's own name, Meta's other names serve the rest, as they
 * do for Meta's SDK; from anywhere else, that one origin serves all.
 */
export function findHosts(script: URL): Hosts {
  const sdk = script.origin;
  if (script.hostname !== 'connect.facebook.net') {
    const isTrusted = (origin: string) => origin === sdk;
    return { sdk, www: sdk, mobile: sdk, oauth: sdk, arbiter: sdk, graph: sdk, isTrusted };
  }
  return {
    sdk,
    www: 'https://www.facebook.com',
    mobile: 'https://m.facebook.com',
    oauth: 'https://oauth.facebook.com',
    arbiter: 'https://staticxx.facebook.com',
    graph: 'https://graph.facebook.com',
    isTrusted: (origin) => /^https:\/\/([\w-]+\.)+(facebook|instagram)\.(com|net)$/.test(origin),
  };
}

/** The address of the script that runs; to be asked while it runs for the first time. */
export function scriptAddress(): URL {
  const script = document.currentScript;
  return new URL(script instanceof HTMLScriptElement ? script.src : location.href);
}

/** The locale in the script's path. */
export function localeOf(script: URL): string {
  return script.pathname.split('/')[1] ?? 'en_US';
}
