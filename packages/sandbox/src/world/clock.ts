/** The sandbox's own time: everything that expires or comes later follows it. */
export interface Clock {
  /** Milliseconds since 1970. */
  now(): number;
  /**
   * Moves time on, doing what falls due on the way at its own moment and in order. Settles when all of that
   * has been done.
   */
  advance(ms: number): Promise<void>;
  /** Does `task` once the time is `at`. It must not throw. */
  schedule(at: number, task: () => Promise<void> | void): void;
  /** Forgets what is scheduled, and goes back to the time that it started from. */
  reset(): void;
}

interface Appointment {
  at: number;
  task: () => Promise<void> | void;
}

/** The longest that Node's timers can wait. */
const longestWaitMs = 2_147_483_647;

export function createClock(now: () => number): Clock {
  let ahead = 0;
  let appointments: Appointment[] = [];
  let timer: NodeJS.Timeout | undefined;

  const time = () => now() + ahead;

  /** Real time runs on too, so what is not travelled to comes by itself. */
  function wait(): void {
    clearTimeout(timer);
    const [first] = appointments;
    if (!first) return;
    timer = setTimeout(() => void runDue(), Math.min(Math.max(first.at - time(), 0), longestWaitMs));
    // Nothing that may still come keeps a process alive that is otherwise done.
    timer.unref();
  }

  async function runDue(): Promise<void> {
    while (appointments[0] && appointments[0].at <= time()) await appointments.shift()?.task();
    wait();
  }

  return {
    now: time,
    async advance(ms) {
      const target = time() + ms;
      await runDue();
      while (appointments[0] && appointments[0].at <= target) {
        ahead += Math.max(appointments[0].at - time(), 0);
        await runDue();
      }
      ahead += Math.max(target - time(), 0);
      wait();
    },
    schedule(at, task) {
      const later = appointments.findIndex((other) => other.at > at);
      appointments.splice(later === -1 ? appointments.length : later, 0, { at, task });
      wait();
    },
    reset() {
      ahead = 0;
      appointments = [];
      clearTimeout(timer);
    },
  };
}
