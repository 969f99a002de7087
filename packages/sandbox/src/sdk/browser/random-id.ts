/** A name for a window, a callback or a frame. */
export function randomId(): string {
  return `f${Math.random().toString(16).slice(2)}`;
}
