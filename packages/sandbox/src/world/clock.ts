/** The sandbox's own time: everything that expires or comes later follows it. */
export interface Clock {
  /** Milliseconds since 1970. */
  now(): number;
  /**
   * Moves time on. What falls due on the way is begun at its own moment and in order, and time stands still
   * until it is done; in all no longer than the clock's patience, after which it goes on by itself.
   */
  advance(ms: number): Promise<void>;
  /** Does `task` once the time is `at`; the past counts as now. It must not throw. */
  schedule(at: number, task: () => Promise<void> | void): void;
  /** Until `resume` nothing comes by itself; what fell due comes then. Whoever travels still meets it. */
  pause(): void;
  resume(): void;
  /** Forgets what is scheduled, ends all travel and goes back to the time that it started from. */
  reset(): void;
}

interface Appointment {
  at: number;
  task: () => Promise<void> | void;
}

/** The longest that Node's timers can wait. */
const longestWaitMs = 2_147_483_647;

/** `patienceMs`, in milliseconds of real time, is how long one `advance` waits for what it began. */
export function createClock(now: () => number, patienceMs = 10_000): Clock {
  let ahead = 0;
  let appointments: Appointment[] = [];
  let timer: NodeJS.Timeout | undefined;
  let travelling = Promise.resolve();
  let isPaused = false;
  let era = new AbortController();
  const underWay = new Set<Promise<void>>();

  const time = () => now() + ahead;

  /** Real time runs on too, so what is not travelled to comes by itself. */
  function wait(): void {
    clearTimeout(timer);
    const [first] = appointments;
    if (!first || isPaused) return;
    timer = setTimeout(beginDue, Math.min(Math.max(first.at - time(), 0), longestWaitMs));
    // Nothing that may still come keeps a process alive that is otherwise done.
    timer.unref();
  }

  function beginDue(): void {
    while (appointments[0] && appointments[0].at <= time()) {
      const work = appointments.shift()?.task();
      if (!work) continue;
      underWay.add(work);
      void work.finally(() => underWay.delete(work));
    }
    wait();
  }

  /** A journey ends where it is when its era does. */
  async function travel(ms: number, { signal }: AbortController): Promise<void> {
    if (signal.aborted) return;
    const target = time() + ms;
    let patience: NodeJS.Timeout | undefined;
    const spent = new Promise((resolve) => {
      patience = setTimeout(resolve, patienceMs);
      signal.addEventListener('abort', resolve, { once: true });
    });
    const settled = () => Promise.race([Promise.allSettled(underWay), spent]);
    beginDue();
    await settled();
    while (!signal.aborted && appointments[0] && appointments[0].at <= target) {
      ahead += Math.max(appointments[0].at - time(), 0);
      beginDue();
      await settled();
    }
    clearTimeout(patience);
    if (signal.aborted) return;
    ahead += Math.max(target - time(), 0);
    wait();
  }

  return {
    now: time,
    advance(ms) {
      // One journey after the other: two at once would share their time.
      const began = era;
      travelling = travelling.then(() => travel(ms, began));
      return travelling;
    },
    schedule(at, task) {
      const before = appointments.findLastIndex((other) => other.at <= at);
      appointments.splice(before + 1, 0, { at, task });
      wait();
    },
    pause() {
      isPaused = true;
      clearTimeout(timer);
    },
    resume() {
      isPaused = false;
      wait();
    },
    reset() {
      era.abort();
      era = new AbortController();
      ahead = 0;
      appointments = [];
      underWay.clear();
      clearTimeout(timer);
    },
  };
}
