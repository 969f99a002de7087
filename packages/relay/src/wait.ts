/** Waits for work, but at most `ms` milliseconds. Gives whether it ended in time; how it ended stays its own. */
export async function atMost(work: Promise<unknown>, ms: number): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const limit = new Promise<false>((resolve) => {
    timer = setTimeout(() => resolve(false), ms);
  });
  const ended = await Promise.race([
    work.then(
      () => true,
      () => true,
    ),
    limit,
  ]);
  clearTimeout(timer);
  return ended;
}

const FIRST_PAUSE_MS = 50;
const LONGEST_PAUSE_MS = 1000;

/** Tries work again and again for `ms` milliseconds; then throws what the last try threw. */
export async function insist<T>(work: () => Promise<T>, ms: number): Promise<T> {
  const until = performance.now() + ms;
  for (let pause = FIRST_PAUSE_MS; ; pause = Math.min(pause * 2, LONGEST_PAUSE_MS)) {
    try {
      return await work();
    } catch (cause) {
      if (performance.now() + pause > until) throw cause;
    }
    await new Promise((resolve) => setTimeout(resolve, pause));
  }
}

/**
 * Does work again and again, each time after the pause in milliseconds that it gave last, and keeps no process alive
 * for that. The work never rejects. Gives a function that ends it and waits for work under way.
 */
export function repeat(work: () => Promise<number>, ms: number): () => Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  let underWay = Promise.resolve();
  let ended = false;
  function after(pause: number): void {
    if (ended) return;
    timer = setTimeout(() => {
      underWay = work().then(after);
    }, pause);
    timer.unref();
  }
  after(ms);
  return async () => {
    ended = true;
    clearTimeout(timer);
    await underWay;
  };
}
