import { callback } from './bench/callback.ts';
import { load } from './bench/load.ts';
import { onboarding } from './bench/onboarding.ts';
import { sandbox } from './bench/sandbox.ts';
import { sizes } from './bench/sizes.ts';
import { starts } from './bench/starts.ts';
import { type Row, table } from './bench/table.ts';
import { endChildrenOnSignal, exec } from './lib/exec.ts';
import { pnpm } from './lib/root.ts';

// `pnpm bench [filter]`: builds, measures, prints one table. Times are medians on this machine; read the ratios.

const parts: Record<string, () => Promise<Row[]>> = { sizes, callback, onboarding, load, starts, sandbox };

endChildrenOnSignal();
const filter = process.argv[2] ?? '';
const build = await exec(...pnpm('-r', '--workspace-concurrency=2', 'run', 'build'));
if (!build.ok) {
  console.error(build.output);
  process.exit(1);
}

const rows: Row[] = [];
for (const [name, measure] of Object.entries(parts)) {
  if (!name.includes(filter)) continue;
  console.error(`measuring ${name} …`);
  rows.push(...(await measure()));
}
console.log(table(rows));
