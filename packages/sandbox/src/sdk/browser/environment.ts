/**
 * The SDK works on https pages only, and complains on others. Loopback counts as https here, as it does for
 * browsers: the sandbox would be of little use without.
 */
export const isSecure = (): boolean => window.isSecureContext;

export const isMobile = (): boolean => /\b(iPhone|iPad|iPod)\b|Android|Mobile/i.test(navigator.userAgent);

export const isAndroid = (): boolean =>
  /android/i.test(navigator.userAgent) && !/windows phone/i.test(navigator.userAgent);

/** What the SDK calls `origin`: 1 on a desktop, 2 on a phone. */
export const contextType = (): number => (isMobile() ? 2 : 1);

/** A name for a window, a callback or a channel. */
export const guid = (): string => `f${Math.random().toString(16).slice(2)}`;

/** A query as the SDK writes it: sorted, a space as `%20`, and null as a name alone. */
export function encodeQuery(parameters: Record<string, unknown>): string {
  return Object.entries(parameters)
    .filter(([, value]) => value !== undefined)
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([name, value]) =>
      value === null
        ? encodeURIComponent(name)
        : `${encodeURIComponent(name)}=${encodeURIComponent(String(value))}`,
    )
    .join('&');
}

/** Drops null and undefined; what is no string becomes JSON, in which nulls stay. */
export function flatten(parameters: Record<string, unknown>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(parameters)
      .filter(([, value]) => value !== null && value !== undefined)
      .map(([name, value]) => [name, typeof value === 'string' ? value : (JSON.stringify(value) ?? '')]),
  );
}
