import budgets from './budgets.json' with { type: 'json' };
import { judge } from './lib/budget.ts';
import { root } from './lib/root.ts';

// The last step of the build: a file above its budget (scripts/budgets.json, bytes of gzip -9) fails it.
const verdicts = judge(root, budgets);
for (const { ok, line } of verdicts) console[ok ? 'log' : 'error'](line);
process.exitCode = verdicts.every(({ ok }) => ok) ? 0 : 1;
