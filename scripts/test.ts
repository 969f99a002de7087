import { ensureBrowsers } from './install-browsers.ts';
import { ensurePostgres } from './install-postgres.ts';
import { endChildrenOnSignal } from './lib/exec.ts';
import { pnpm } from './lib/root.ts';
import { runSuites } from './lib/schedule.ts';
import { crashed, describeCounts, type Suite, type SuiteResult } from './lib/suite.ts';
import { check } from './suites/check.ts';
import { elementTests } from './suites/element-tests.ts';
import { manifest } from './suites/manifest.ts';
import { nodeTests } from './suites/node-tests.ts';
import { packageChecks } from './suites/package.ts';

// `pnpm test [filter]`: everything, or the suites whose name contains the filter.

const packages = ['widget', 'relay', 'sandbox'];

// The package scripts and not the root's: the budget is a check of its own below.
const build = check('build', pnpm('-r', '--workspace-concurrency=2', 'run', 'build'), { slots: 2 });

const unit = (name: string) => ({
  name: `unit: ${name}`,
  folder: `packages/${name}`,
  pattern: 'src/**/*.test.ts',
});

const suites: Suite[] = [
  check('lint', ['biome', ['check', '--error-on-warnings']]),
  check('types', pnpm('run', 'types'), { needsBuild: true }),
  check('knip', ['knip', []]),
  manifest(),
  check('size', ['node', ['scripts/size.ts']], { needsBuild: true }),
  ...packages.map(packageChecks),
  nodeTests({ name: 'unit: scripts', folder: 'scripts', pattern: '**/*.test.ts', needsBuild: false }),
  // Their tests wait for pauses and processes more than they work.
  nodeTests({ ...unit('widget'), concurrency: 3 }),
  // In three parts, so that none comes near the time after which a suite is given up.
  ...[
    { name: 'unit: relay', pattern: 'src/!(onboarding)/**/*.test.ts' },
    { name: 'relay: onboarding', pattern: 'src/onboarding/**/*.test.ts' },
    { name: 'relay: processes', pattern: 'src/*.test.ts' },
  ].map((part) => nodeTests({ ...unit('relay'), ...part, concurrency: 3, needsPostgres: true })),
  nodeTests({ ...unit('sandbox'), except: 'src/**/*.browser.test.ts', processes: 1 }),
  // The sandbox's SDK, dialog and guide are tested in a browser.
  nodeTests({
    ...unit('sandbox'),
    name: 'browser: sandbox',
    pattern: 'src/**/*.browser.test.ts',
    needsBrowser: true,
    slots: 2,
    concurrency: 2,
  }),
  // Chromium's start takes both cores; the other two wait more than they work.
  elementTests('chromium', 2),
  elementTests('firefox', 1),
  elementTests('webkit', 1),
  nodeTests({ name: 'demo', folder: 'demo', pattern: '**/*.test.ts', needsBrowser: true, slots: 2 }),
];

const broken: string[] = [];

process.exitCode = await main(process.argv[2] ?? '');

async function main(filter: string): Promise<0 | 1> {
  endChildrenOnSignal();
  const begun = performance.now();
  const chosen = suites.filter((suite) => suite.name.includes(filter));
  if (chosen.length === 0 && !build.name.includes(filter)) {
    console.error(
      `No suite's name contains "${filter}". There are: ${suites.map(({ name }) => name).join(', ')}`,
    );
    return finish({ passed: 0, failed: 1, skipped: 0 });
  }

  try {
    const options = { ci: Boolean(process.env.CI), notice: console.log };
    if (chosen.some((suite) => suite.needsBrowser)) await ensureBrowsers(options);
    if (chosen.some((suite) => suite.needsPostgres)) await ensurePostgres(options);
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    return finish({ passed: 0, failed: 1, skipped: 0 });
  }

  const needsBuild = build.name.includes(filter) || chosen.some((suite) => suite.needsBuild);
  const built = needsBuild ? await runSuites([build], report) : { passed: 0, failed: 0, skipped: 0 };
  const rest = await runSuites(built.failed > 0 ? chosen.map(withoutBuild) : chosen, report);

  if (broken.length > 0) console.log(`Failed: ${broken.join(', ')}`);
  console.log(`${chosen.length} suites in ${seconds(performance.now() - begun)}`);
  return finish({
    passed: built.passed + rest.passed,
    failed: built.failed + rest.failed,
    skipped: built.skipped + rest.skipped,
  });
}

/** After a failed build, what needs it could only repeat its errors. */
function withoutBuild(suite: Suite): Suite {
  if (!suite.needsBuild) return suite;
  return { ...suite, slots: 1, run: async () => crashed('Not run: the build failed.') };
}

function report(suite: Suite, result: SuiteResult, ms: number): void {
  const mark = result.failed > 0 ? '✗' : '✓';
  console.log(`${mark} ${suite.name.padEnd(20)} ${describeCounts(result).padEnd(36)} ${seconds(ms)}`);
  if (result.failed > 0) broken.push(suite.name);
  if (result.notice !== undefined) console.log(`  ${result.notice}`);
  if (result.failed > 0) console.log(`\n${result.output.trimEnd()}\n`);
}

function seconds(ms: number): string {
  return `${(ms / 1000).toFixed(1)} s`;
}

function finish(total: { passed: number; failed: number; skipped: number }): 0 | 1 {
  console.log(describeCounts(total));
  return total.failed > 0 ? 1 : 0;
}
