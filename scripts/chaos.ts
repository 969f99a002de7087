import { endChildrenOnSignal, exec } from './lib/exec.ts';
import { inRoot, pnpm } from './lib/root.ts';

// `pnpm chaos [seed]`: what `pnpm test` has a short form of. 200 onboardings on each database while the relay's processes
// are killed, then thousands of steps against the model. The same seed draws the same customers, kills and faults; what
// processes make of them differs in time.

const seed = Number(process.argv[2] ?? Date.now() % 1_000_000_000);
if (!Number.isSafeInteger(seed)) {
  console.error('The seed must be a whole number.');
  process.exit(64);
}

const parts: { name: string; file: string; env: Record<string, string> }[] = [
  { name: 'killed processes', file: 'src/test/chaos/long.ts', env: { CHAOS_SEED: String(seed) } },
  { name: 'the model', file: 'src/model.test.ts', env: { MODEL_SEED: String(seed), MODEL_RUNS: '1000' } },
];

endChildrenOnSignal();
const build = await exec(...pnpm('-r', '--workspace-concurrency=2', 'run', 'build'));
if (!build.ok) {
  console.error(build.output);
  process.exit(1);
}
for (const { name, file, env } of parts) {
  console.log(`${name}, seed ${seed} …`);
  const { ok, output } = await exec('node', ['--test', '--test-timeout=3000000', file], {
    cwd: inRoot('packages/relay'),
    env,
    timeoutMs: 3_000_000,
  });
  console.log(output);
  if (!ok) process.exitCode = 1;
}
