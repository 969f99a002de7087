import type { Move } from './evidence.ts';
import type { ChaosProcess } from './process.ts';

/**
 * Milliseconds from the moment a process listened until it took up the very onboarding that the process before it was
 * killed in. Kills in the exchange do not count: what became of the code then, nobody knows.
 */
export function recoveries(processes: readonly ChaosProcess[], moves: readonly Move[]): number[] {
  return processes.flatMap((killed, nth) => {
    const next = processes[nth + 1];
    const [, point, onboarding] = /^killed at (\S+) (\S+)$/m.exec(killed.output()) ?? [];
    if (!next || !onboarding || !point || /intent|exchange/.test(point)) return [];
    const taken = moves.find((move) => move.onboarding === onboarding && move.at > next.startedAt);
    return taken ? [Math.max(0, taken.at - next.listeningAt)] : [];
  });
}
