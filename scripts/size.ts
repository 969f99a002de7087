import { existsSync } from 'node:fs';
import budgets from './budgets.json' with { type: 'json' };
import { weigh } from './lib/compressed.ts';
import { inRoot } from './lib/root.ts';

// The last step of the build: a file above its budget (gzip -9 bytes, scripts/budgets.json) fails it.
for (const [path, budget] of Object.entries(budgets)) {
  if (!existsSync(inRoot(path))) {
    console.error(`${path} is not there. Build first: pnpm build`);
    process.exitCode = 1;
    continue;
  }
  const { gzip, brotli } = weigh(inRoot(path));
  const share = Math.round((100 * gzip) / budget);
  console.log(`${path}: ${gzip} B gzip (${share} % of ${budget} B), ${brotli} B brotli`);
  if (gzip > budget) {
    console.error(
      `${path} is ${gzip - budget} B over its budget. Make it smaller, or say in a commit why it may grow.`,
    );
    process.exitCode = 1;
  }
}
