import type { ChaosReport } from './run.ts';

/** A run in numbers, for people. */
export function describeReport(name: string, seed: string, report: ChaosReport): string {
  const { endings, orders, recoveries, struck, calls, ms } = report;
  const named = orders.filter((order) => 'at' in order).length;
  const lines = [
    `${name}, seed ${seed}: ${(ms / 1000).toFixed(0)} s`,
    `  processes killed      ${orders.length}: ${named} at named points, ${orders.length - named} at random times`,
    `  faults at Meta        ${struck.length}, of ${calls} calls`,
    `  onboardings           ${endings.length}, with ${endings.reduce((sum, { signups }) => sum + signups, 0)} signups`,
    ...[...countBy(endings, describeEnding)].sort().map(([what, count]) => `    ${what.padEnd(20)}${count}`),
    `  taken up again after  ${describeTimes(recoveries)}`,
    ...[...report.faults, ...report.leaks.map((place) => `a secret in ${place}`)].map(
      (what) => `  ✗ ${what}`,
    ),
  ];
  return lines.join('\n');
}

function describeEnding({ scenario, onboarding }: ChaosReport['endings'][number]): string {
  return `${scenario} ${onboarding?.status ?? 'given up'}`;
}

function describeTimes(times: readonly number[]): string {
  const sorted = [...times].sort((one, other) => one - other);
  const at = (part: number): string =>
    `${Math.round(sorted[Math.floor(part * (sorted.length - 1))] ?? 0)} ms`;
  return `${at(0.5)} median, ${at(1)} at most (${times.length} kills)`;
}

function countBy<T>(items: readonly T[], key: (item: T) => string): Map<string, number> {
  const counts = new Map<string, number>();
  for (const item of items) counts.set(key(item), (counts.get(key(item)) ?? 0) + 1);
  return counts;
}
