import type { Move } from './evidence.ts';
import type { ChaosProcess } from './process.ts';

/**
 * Milliseconds until the very onboarding that a process was killed in was taken up again: since the next process was
 * told to start (it takes up before it says that it listens), or since the kill where others were there all the time. Kills in the exchange do not count: what became
 * of the code then, nobody knows.
 */
export function recoveries(
  processes: readonly ChaosProcess[],
  moves: readonly Move[],
  since: 'start' | 'kill',
): number[] {
  return processes.flatMap((killed, nth) => {
    const [, point, onboarding] = /^killed at (\S+) (\S+)$/m.exec(killed.output()) ?? [];
    const next = processes[nth + 1];
    if (!onboarding || !point || /intent|exchange/.test(point) || !next) return [];
    const from = since === 'start' ? next.startedAt : killed.goneAt();
    const taken = moves.find((move) => move.onboarding === onboarding && move.at > from);
    return taken ? [taken.at - from] : [];
  });
}
