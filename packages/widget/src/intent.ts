/** When Meta's SDK is fetched: nothing is asked of Meta before this says so. */

export type LoadPolicy = 'intent' | 'visible' | 'eager' | 'manual';

const signs = ['pointerover', 'focusin', 'touchstart'] as const;

/** Calls `onIntent` at most once; answers how to stop waiting. */
export function awaitIntent(element: Element, policy: LoadPolicy, onIntent: () => void): () => void {
  const stop = new AbortController();
  const once = (): void => {
    if (stop.signal.aborted) return;
    stop.abort();
    onIntent();
  };
  if (policy === 'eager') once();
  else if (policy !== 'manual') {
    for (const sign of signs) element.addEventListener(sign, once, { passive: true, signal: stop.signal });
    // A touch leads its click by some 100 ms only, too little for a script to load.
    if (policy === 'visible' || matchMedia('(hover: none)').matches) {
      const observer = new IntersectionObserver((entries) => {
        if (entries.some((entry) => entry.isIntersecting)) once();
      });
      observer.observe(element);
      stop.signal.addEventListener('abort', () => observer.disconnect());
    }
  }
  return () => stop.abort();
}
