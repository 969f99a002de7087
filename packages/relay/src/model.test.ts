import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { backwards } from './test/chaos/checks.ts';
import { sqliteEvidence } from './test/chaos/evidence-sqlite.ts';
import type { Model } from './test/model/commands.ts';
import { anyCommands, redeemAs, sendMessage, startAgain } from './test/model/commands.ts';
import type { Real, RealCustomer } from './test/model/real.ts';
import { createReal } from './test/model/real.ts';

// `pnpm chaos` runs more of them, with a seed of its own.
const numRuns = Number(process.env.MODEL_RUNS ?? 40);
const seed = process.env.MODEL_SEED ? { seed: Number(process.env.MODEL_SEED) } : {};

test('whatever customers and processes do in which order, the relay keeps to its model', async (t) => {
  // The engine of a process that was ended in the middle of its work says so.
  t.mock.method(console, 'error', () => {});
  await fc.assert(
    fc.asyncProperty(anyCommands, async (commands) => {
      const real = createReal();
      try {
        await real.start();
        const evidence = sqliteEvidence(real.folder);
        await evidence.watch();
        const model: Model = { isUp: true, customers: [] };
        await fc.asyncModelRun(() => ({ model, real }), commands);
        if (!model.isUp) await startAgain(model, real);
        await endAll(model, real);
        assert.deepEqual(backwards(await evidence.moves()), []);
        await lookForSecrets(real, (await evidence.values()).map(({ value }) => value).join('\n'));
      } finally {
        await real.end();
      }
    }),
    { numRuns, ...seed, endOnFailure: true },
  );
});

/** Nothing that was accepted is lost, no code was sent twice, and a number has seen one PIN, a few times. */
async function endAll({ customers }: Model, real: Real): Promise<void> {
  for (const [index, model] of customers.entries()) {
    const customer = real.customers[index] as RealCustomer;
    if (model.phase === 'new') continue;
    await redeemAs(model, customer, { real });
    if (model.phase !== 'accepted') continue;
    await sendMessage(real, customer);
    const { status, steps, account, action } = await real.atRest(customer);
    assert.equal(status, model.asks ? 'action_required' : 'completed', JSON.stringify(steps));
    assert.equal(action?.kind ?? null, model.asks);
    assert.equal(account?.phoneNumberId === null, model.outcome === 'finish-no-number');
  }
  const codes = real.sent.flatMap(({ path, code }) => (path.endsWith('/access_token') ? [code] : []));
  assert.equal(new Set(codes).size, codes.length);
  const registered = real.sent.filter(({ path }) => path.endsWith('/register'));
  for (const path of new Set(registered.map((call) => call.path))) {
    const pins = registered.filter((call) => call.path === path).map(({ pin }) => pin);
    assert.equal(new Set(pins).size, 1);
    assert.ok(pins.length <= 9);
  }
}

async function lookForSecrets({ sandbox, customers }: Real, text: string): Promise<void> {
  const { tokens, codes } = await sandbox.control('state');
  const secrets = [
    ...tokens.map(({ token }) => token),
    ...codes.map(({ code }) => code),
    ...customers.flatMap(({ session, request }) => [session, request.verifier ?? session]),
  ];
  for (const secret of secrets) assert.ok(!text.includes(secret), 'a secret stands in a column');
}
