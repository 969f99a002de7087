import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { sqliteEvidence } from './test/chaos/evidence-sqlite.ts';
import { runChaos } from './test/chaos/run.ts';
import { startStage } from './test/chaos/stage.ts';

// The short form of `pnpm chaos`: each named point once. Killing is what takes the time.
test('customers come through, whatever kills their relay and whatever Meta drops', async (t) => {
  const stage = await startStage();
  t.after(() => stage.stop());
  const report = await runChaos(stage, sqliteEvidence(join(stage.folder, 'data')), {
    seed: 'short',
    customers: 26,
    rounds: 1,
    randomKills: 2,
    lanes: 1,
    faults: 0.4,
    scenarios: ['pin', 'unverified', 'code-only', 'late', 'no-number', 'only-waba'],
    limitMs: 90_000,
  });
  assert.deepEqual(report.faults, []);
  assert.deepEqual(report.leaks, []);
  assert.ok(report.recoveries.length >= 10);
  // Two seconds are the promise; a machine that does other things at once is no reason to fail.
  assert.ok(Math.max(...report.recoveries) < 5000, `${report.recoveries} ms`);
});
