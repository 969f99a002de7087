import { globSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { exec } from '../lib/exec.ts';
import { inRoot, root } from '../lib/root.ts';
import { crashed, notEmpty, type Suite, type SuiteResult } from '../lib/suite.ts';

const REPORTER = inRoot('scripts/suites/counts-reporter.ts');

/** The tests of one folder that Node runs by itself: every file that matches `pattern`. */
export function nodeTests(options: {
  name: string;
  /** Relative to the workspace, or absolute. */
  folder: string;
  pattern: string;
  /** Leaves out what matches this, too. */
  except?: string;
  /**
   * Spreads the files over this many processes, each file a group of its own: for many small files, whose processes
   * would cost more than their tests. They must share nothing but the process.
   */
  processes?: number;
  needsBuild?: boolean;
  needsBrowser?: boolean;
  needsPostgres?: boolean;
  slots?: 1 | 2;
  /** Files at once: more than one where they wait more than they work. */
  concurrency?: number;
}): Suite {
  const {
    name,
    folder,
    pattern,
    except,
    processes,
    needsBuild = true,
    needsBrowser = false,
    needsPostgres = false,
    slots = 1,
    concurrency = 1,
  } = options;
  const countsFile = inRoot('.tmp/test', `${name.replaceAll(/\W+/g, '-')}.json`);
  const args = [
    '--test',
    '--test-timeout=120000',
    `--test-concurrency=${concurrency}`,
    '--test-reporter=spec',
    '--test-reporter-destination=stdout',
    `--test-reporter=${REPORTER}`,
    `--test-reporter-destination=${countsFile}`,
  ];
  return {
    name,
    needsBuild,
    needsBrowser,
    needsPostgres,
    slots,
    async run() {
      mkdirSync(dirname(countsFile), { recursive: true });
      rmSync(countsFile, { force: true });
      const cwd = resolve(root, folder);
      const files = globSync(pattern, { cwd, ...(except ? { exclude: [except] } : {}) }).sort();
      const started = processes === undefined ? files : spread(files, processes).map(gather(name, cwd));
      if (files.length === 0) return crashed(`No test ran: nothing in ${folder} matches ${pattern}.`);
      const { ok, output } = await exec('node', [...args, ...started], { cwd });
      return resultFrom(countsFile, ok, output);
    },
  };
}

/** Deals the files out: those that take long often stand side by side. */
function spread(files: readonly string[], hands: number): string[][] {
  return Array.from({ length: Math.min(hands, files.length) }, (_, hand) =>
    files.filter((_file, i) => i % hands === hand),
  );
}

/** One test file that holds others: hooks of a file stay within its group. */
function gather(name: string, cwd: string): (files: readonly string[], hand: number) => string {
  return (files, hand) => {
    const gathered = inRoot('.tmp/test', `${name.replaceAll(/\W+/g, '-')}-${hand}.test.mjs`);
    const groups = files.map((file) => {
      const url = pathToFileURL(join(cwd, file)).href;
      return `describe(${JSON.stringify(file)}, async () => { await import(${JSON.stringify(url)}); });`;
    });
    writeFileSync(gathered, `import { describe } from 'node:test';\n${groups.join('\n')}\n`);
    return gathered;
  };
}

/**
 * Reads the counts that a runner wrote. No file: it crashed. All passed but a non-zero exit: something outside
 * the tests went wrong, and that is a failure too.
 */
export function resultFrom(countsFile: string, ok: boolean, output: string): SuiteResult {
  const counts = readCounts(countsFile);
  if (counts === null) return crashed(`${output}\nThe runner ended without counting its tests.`);
  const { passed, skipped, reasons } = counts;
  const failed = !ok && counts.failed === 0 ? 1 : counts.failed;
  const notice = reasons.length > 0 ? { notice: reasons.join('\n  ') } : {};
  return notEmpty({ passed, failed, skipped, output, ...notice });
}

interface Written {
  passed: number;
  failed: number;
  skipped: number;
  /** Why tests were skipped, as far as they say. */
  reasons: string[];
}

function readCounts(file: string): Written | null {
  try {
    const { passed, failed, skipped = 0, reasons = [] } = JSON.parse(readFileSync(file, 'utf8'));
    return [passed, failed, skipped].every(Number.isInteger) ? { passed, failed, skipped, reasons } : null;
  } catch {
    return null;
  }
}
