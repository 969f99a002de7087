/** When Meta's SDK is fetched: nothing is asked of Meta before this says so. */

export type LoadPolicy = 'intent' | 'visible' | 'eager' | 'manual';

/** Calls `onIntent` when the policy says so, until the signal is aborted. It may be called more than once. */
export function awaitIntent(
  element: Element,
  policy: LoadPolicy,
  onIntent: () => void,
  signal: AbortSignal,
): void {
  if (policy === 'eager') onIntent();
  if (policy === 'manual') return;
  for (const sign of ['pointerover', 'focusin', 'touchstart']) {
    element.addEventListener(sign, onIntent, { passive: true, once: true, signal });
  }
  // A touch leads its click by some 100 ms only, too little for a script to load.
  if (policy !== 'visible' && !matchMedia('(hover: none)').matches) return;
  const observer = new IntersectionObserver(([entry]) => {
    if (!entry?.isIntersecting) return;
    observer.disconnect();
    onIntent();
  });
  observer.observe(element);
  signal.onabort = () => observer.disconnect();
}
