/** The window that opened this one, or null where it is gone or was cut off. */
export function findOpener(): Window | null {
  const opener: unknown = window.opener;
  return isWindow(opener) ? opener : null;
}

function isWindow(value: unknown): value is Window {
  return typeof value === 'object' && value !== null;
}
