import { rmSync } from 'node:fs';
import { weigh } from '../lib/compressed.ts';
import { exec } from '../lib/exec.ts';
import { inRoot } from '../lib/root.ts';
import type { Row } from './table.ts';

const FIXTURES = inRoot('scripts/bench/fixtures');
const WIDGET = inRoot('packages/widget');

/** What the element weighs as a script tag and from npm with all it needs, beside a bare Lit button. */
export async function sizes(): Promise<Row[]> {
  const bare = await bundle(`${FIXTURES}/bare-button.ts`);
  const closure = await bundle(`${WIDGET}/dist/define.js`);
  const script = weigh(`${WIDGET}/dist/cdn/widget.js`).gzip;
  const beside = { beside: 'a bare Lit button', floor: bare, unit: 'B gzip' } as const;
  return [
    { what: 'the script-tag file', ours: script, ...beside },
    { what: 'the npm package with Lit', ours: closure, ...beside },
  ];
}

/** Bundles one entry with the settings of the script-tag build; gives the size in bytes of gzip. */
async function bundle(entry: string): Promise<number> {
  const folder = inRoot('.tmp/bench/bundle');
  rmSync(folder, { recursive: true, force: true });
  const { ok, output } = await exec(
    `${WIDGET}/node_modules/.bin/vite`,
    ['build', '--config', `${FIXTURES}/bundle.config.ts`, '--logLevel', 'warn'],
    { cwd: WIDGET, env: { BENCH_ENTRY: entry, BENCH_OUT: folder } },
  );
  if (!ok) throw new Error(`${entry} did not bundle:\n${output}`);
  return weigh(`${folder}/bundle.js`).gzip;
}
