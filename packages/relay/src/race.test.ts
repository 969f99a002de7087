import assert from 'node:assert/strict';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import { describe, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Onboarding, RedeemRequest } from 'whatsapp-embedded-signup/protocol';
import { findFaults } from './test/chaos/checks.ts';
import { onboard } from './test/chaos/customer.ts';
import { sqliteEvidence } from './test/chaos/evidence-sqlite.ts';
import { findLeaks } from './test/chaos/leaks.ts';
import type { Page } from './test/chaos/page.ts';
import { createPage } from './test/chaos/page.ts';
import type { ChaosProcess } from './test/chaos/process.ts';
import type { Stage, StageOptions } from './test/chaos/stage.ts';
import { origin, startStage } from './test/chaos/stage.ts';
import { databaseEnv, databases } from './test/databases.ts';
import { signup } from './test/harness.ts';

async function stageFor(
  t: TestContext,
  options?: StageOptions,
): Promise<{ stage: Stage; page: Page; first: ChaosProcess }> {
  const stage = await startStage(options);
  t.after(() => stage.stop());
  return { stage, page: createPage(stage), first: await stage.start() };
}

const slow = (stage: Stage, path: string, ms: number) =>
  stage.sandbox.control('faults', { match: { path }, kind: 'latency', ms });

async function until(what: () => boolean | Promise<boolean>): Promise<void> {
  const end = performance.now() + 10_000;
  while (!(await what())) {
    assert.ok(performance.now() < end, 'it did not happen in time');
    await sleep(10);
  }
}

const exchanges = ({ recorder }: Stage): number =>
  recorder.sent.filter(({ path }) => path === '/oauth/access_token').length;

// Each has processes of its own, and they wait more than they work.
describe('processes side by side', { concurrency: true }, () => {
  for (const database of databases) {
    test(`${database.name}: fifty redeems of one session over two processes make one exchange, and the same answer to all`, {
      skip: database.skip,
    }, async (t) => {
      const { DATABASE_URL } = databaseEnv(await database.create(t));
      const { stage, page, first } = await stageFor(t, DATABASE_URL ? { databaseUrl: DATABASE_URL } : {});
      const second = await stage.start();
      await slow(stage, '/oauth/access_token', 200);
      const { session, verifier } = await page.session('provider', 'standard');
      const body = JSON.stringify({ ...signup(stage.sandbox), verifier } satisfies RedeemRequest);
      const headers = { origin, authorization: `Bearer ${session}`, 'content-type': 'application/json' };
      const answers = await Promise.all(
        Array.from({ length: 50 }, async (_, nth) => {
          const { url } = nth % 2 ? first : second;
          const answer = await fetch(`${url}/v1/onboardings`, { method: 'POST', headers, body });
          return { status: answer.status, id: ((await answer.json()) as Onboarding).id };
        }),
      );
      const [one] = answers;
      assert.equal(one?.status, 202);
      for (const answer of answers) assert.deepEqual(answer, one);
      assert.equal(exchanges(stage), 1);
    });
  }

  test('a process that was suspended while another took over sends nothing more', async (t) => {
    const { stage, page, first } = await stageFor(t);
    await slow(stage, '/register', 700);
    const customer = onboard(stage, page, 'plain');
    const registers = () => stage.recorder.sent.filter(({ path }) => path.endsWith('/register')).length;
    await until(() => registers() === 1);
    first.signal('SIGSTOP');
    // From here on the page speaks to the second one.
    await stage.start();
    const { onboarding } = await customer;
    assert.equal(onboarding?.status, 'completed');

    const sent = stage.recorder.sent.length;
    first.signal('SIGCONT');
    // A stop waits for the step that has its answer now, and for whatever would come after it.
    first.signal('SIGTERM');
    assert.equal(await first.exited, 0);
    assert.equal(stage.recorder.sent.length, sent);
    const pins = stage.recorder.sent.flatMap(({ fields }) => fields.pin ?? []);
    assert.equal(new Set(pins).size, 1);
  });

  test('SIGTERM under load: exchanges come to their end, and the next process does the rest', async (t) => {
    const { stage, page, first } = await stageFor(t);
    const evidence = sqliteEvidence(join(stage.folder, 'data'));
    await evidence.watch();
    await slow(stage, '/oauth/access_token', 300);
    await slow(stage, '/subscribed_apps', 150);
    const early = Array.from({ length: 8 }, () => onboard(stage, page, 'plain'));
    await until(() => exchanges(stage) === 8);
    await sleep(250);
    const late = Array.from({ length: 4 }, () => onboard(stage, page, 'plain'));
    await until(() => exchanges(stage) > 8);
    first.signal('SIGTERM');
    assert.equal(await first.exited, 0);
    await stage.start();

    const endings = await Promise.all([...early, ...late]);
    assert.deepEqual(
      endings.map(({ signups }) => signups),
      endings.map(() => 1),
      'nobody had to sign up again',
    );
    assert.deepEqual(await findFaults(stage, endings, evidence), []);
    assert.deepEqual(await findLeaks(stage, evidence, page.answers), []);
  });

  test('a process that dies with Meta’s answer in its hands: the code is not sent again, and the person is told', async (t) => {
    const stage = await startStage();
    t.after(() => stage.stop());
    const page = createPage(stage);
    const first = await stage.start({ killAt: 'after:exchange.response' });
    const { session, verifier } = await page.session('provider', 'standard');
    const request = { ...signup(stage.sandbox), verifier };
    const answer = page.call<Onboarding>('POST', '/v1/onboardings', session, request);
    await first.exited;
    await stage.advance(16_000);
    await stage.start();
    const { status, body } = await answer;
    assert.deepEqual([status, 'code' in body && body.code], [502, 'exchange-unknown']);
    assert.equal(exchanges(stage), 1);
  });
});
