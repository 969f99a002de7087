import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { weigh } from './compressed.ts';

/** What there is to say about one file, and whether it keeps its budget. */
export interface Verdict {
  ok: boolean;
  line: string;
}

/**
 * Weighs files against their budgets.
 *
 * @param budgets path, relative to `folder` → the most it may weigh, in bytes of `gzip -9`
 */
export function judge(folder: string, budgets: Record<string, number>): Verdict[] {
  return Object.entries(budgets).map(([path, budget]) => {
    const file = join(folder, path);
    if (!existsSync(file)) return { ok: false, line: `${path} is not there. Build first: pnpm build` };
    const { gzip, brotli } = weigh(file);
    const share = Math.round((100 * gzip) / budget);
    const line = `${path}: ${gzip} B gzip (${share} % of ${budget} B), ${brotli} B brotli`;
    if (gzip <= budget) return { ok: true, line };
    const next = 'Make it smaller, or say in a commit why it may grow.';
    return { ok: false, line: `${line}: ${gzip - budget} B too many. ${next}` };
  });
}
