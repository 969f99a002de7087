import assert from 'node:assert/strict';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { createDatabase, noPostgres } from '../postgres.ts';
import type { Evidence } from './evidence.ts';
import { postgresEvidence } from './evidence-postgres.ts';
import { sqliteEvidence } from './evidence-sqlite.ts';
import { describeReport } from './report.ts';
import type { ChaosOptions } from './run.ts';
import { runChaos } from './run.ts';
import { scenarioNames } from './scenarios.ts';
import type { Stage } from './stage.ts';
import { startStage } from './stage.ts';

// What `pnpm chaos [seed]` runs: 200 onboardings on each database, with every named point three times.

const seed = process.env.CHAOS_SEED ?? 'long';
const customers = Number(process.env.CHAOS_CUSTOMERS ?? 200);

const options: Omit<ChaosOptions, 'lanes'> = {
  seed,
  customers,
  rounds: Math.ceil(customers / 80),
  randomKills: Math.ceil(customers / 5),
  faults: 0.5,
  scenarios: scenarioNames,
  limitMs: 900_000,
};

async function run(name: string, stage: Stage, evidence: Evidence, lanes: number): Promise<number[]> {
  try {
    const report = await runChaos(stage, evidence, { ...options, lanes });
    process.stdout.write(`${describeReport(name, seed, report)}\n`);
    assert.deepEqual([report.faults, report.leaks], [[], []]);
    return report.recoveries;
  } finally {
    await evidence.close();
  }
}

describe('chaos', () => {
  test('SQLite: one process, killed and started again', async (t) => {
    const stage = await startStage();
    t.after(() => stage.stop());
    const times = await run('SQLite', stage, sqliteEvidence(join(stage.folder, 'data')), 1);
    assert.ok(Math.max(...times) < 2000);
  });

  test('PostgreSQL: two processes at once, each killed in turn', { skip: noPostgres }, async (t) => {
    const databaseUrl = await createDatabase(t);
    const stage = await startStage({ databaseUrl, spread: true });
    t.after(() => stage.stop());
    const times = await run('PostgreSQL', stage, postgresEvidence(databaseUrl), 2);
    // OpenWorkflow leases a run for 30 s, and the others find out within one more look. Whoever took it up may be
    // killed before it has done anything, so the longest time says how often that was.
    assert.ok((times.sort((one, other) => one - other)[times.length >> 1] ?? 0) < 45_000);
  });
});
