import assert from 'node:assert/strict';
import type { TestContext } from 'node:test';
import { test } from 'node:test';
import { openRuns } from '../database.ts';
import { silent } from '../log.ts';
import type { Database } from '../settings/settings.ts';
import { databases } from '../test/databases.ts';
import { connect } from '../test/postgres.ts';
import type { Engine, Flow } from './engine.ts';
import { RetryLater, settled } from './engine.ts';
import { createOpenWorkflowEngine } from './openworkflow.ts';
import type { Runs } from './runs.ts';

interface Started {
  engine: Engine;
  runs: Runs;
}

async function open(t: TestContext, database: Database, flow: Flow): Promise<Started> {
  const runs = await openRuns(database);
  const engine = createOpenWorkflowEngine({ runs, flow, log: silent });
  t.after(() => engine.stop(0));
  return { engine, runs };
}

/** Work that ends with the test: by then its engine is closed, and says on standard error what it cannot write. */
function endless(t: TestContext): Promise<void> {
  return new Promise((resolve) => t.after(() => resolve()));
}

async function until(what: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await what())) await new Promise((resolve) => setTimeout(resolve, 10));
}

/** Work that ends when the test says so. */
function held() {
  let release = () => {};
  const gate = new Promise<void>((resolve) => {
    release = resolve;
  });
  return { gate, release: () => release() };
}

// What holds for the engine, whichever of the two databases it is in.
for (const { name, skip, create } of databases) {
  const check = (what: string, body: (t: TestContext, database: Database) => Promise<void>): void => {
    test(`${name}: ${what}`, { skip, timeout: 30_000 }, async (t) => body(t, await create(t)));
  };

  check('a run is submitted twice and runs once, with what it was submitted with', async (t, database) => {
    const seen: unknown[] = [];
    const { engine } = await open(t, database, async (id, generation) => {
      seen.push([id, generation]);
    });
    await engine.start();
    await Promise.all([1, 2, 3].map(() => engine.submit('onb_1', 4)));
    await engine.submit('onb_2', 1);
    await until(async () => !(await engine.isLive('onb_1', 4)) && !(await engine.isLive('onb_2', 1)));
    await engine.submit('onb_1', 4);
    assert.deepEqual(seen.sort(), [
      ['onb_1', 4],
      ['onb_2', 1],
    ]);
    assert.equal(await engine.isLive('onb_1', 4), false);
  });

  check('a submitted run begins at once, not when an idle worker looks again', async (t, database) => {
    let ran = false;
    const { engine } = await open(t, database, async () => {
      ran = true;
    });
    // It is never started, so that nobody looks by himself.
    await engine.submit('onb_1', 1);
    await until(() => ran);
  });

  check('a run is live until it has ended, and one that there was never is not', async (t, database) => {
    const { gate, release } = held();
    const { engine } = await open(t, database, () => gate);
    await engine.start();
    await engine.submit('onb_1', 1);
    assert.deepEqual(
      [await engine.isLive('onb_1', 1), await engine.isLive('onb_1', 2), await engine.isLive('onb_2', 1)],
      [true, false, false],
    );
    release();
    await until(async () => !(await engine.isLive('onb_1', 1)));
  });

  check('a step that throws is tried again, and its error is kept without its text', async (t, database) => {
    let tries = 0;
    const { engine, runs } = await open(t, database, async (_id, _generation, durable) => {
      await durable.run('register', async () => {
        if (++tries === 1) throw new Error('the token is EAA-secret');
        return 'done';
      });
    });
    await engine.start();
    await engine.submit('onb_1', 1);
    await until(() => tries === 1);
    await until(async () => !(await engine.isLive('onb_1', 1)));
    assert.equal(tries, 2);
    const { data } = await runs.backend.listWorkflowRuns({});
    const attempts = await runs.backend.listStepAttempts({ workflowRunId: data[0]?.id ?? '' });
    assert.match(JSON.stringify(attempts), /internal-error/);
    assert.doesNotMatch(JSON.stringify([data, attempts]), /EAA-secret/);
  });

  check('beside a step that fails, one that was done is not done again', async (t, database) => {
    const calls: string[] = [];
    const { gate, release } = held();
    const { engine } = await open(t, database, async (_id, _generation, durable) => {
      await settled([
        durable.run('register', async () => {
          calls.push('register');
          if (calls.length < 3) {
            // Its sibling is still at it.
            setTimeout(release, 50);
            throw new RetryLater('meta-unavailable');
          }
          return 'done';
        }),
        durable.run('subscribe', async () => {
          calls.push('subscribe');
          await gate;
          return 'done';
        }),
      ]);
    });
    await engine.start();
    await engine.submit('onb_1', 1);
    await until(async () => !(await engine.isLive('onb_1', 1)));
    assert.deepEqual(calls.sort(), ['register', 'register', 'subscribe']);
  });

  check(
    'a restart remembers the steps that were done and repeats the one that was cut off',
    async (t, database) => {
      const calls: string[] = [];
      const flow =
        (work: () => Promise<void>): Flow =>
        async (_id, _generation, durable) => {
          const inspected = await durable.run('inspect', async () => {
            calls.push('inspect');
            return 'found';
          });
          await durable.run('register', async () => {
            calls.push(`register ${inspected}`);
            await work();
            return 'done';
          });
        };
      const first = await open(
        t,
        database,
        flow(() => endless(t)),
      );
      await first.engine.start();
      await first.engine.submit('onb_1', 1);
      await until(() => calls.length === 2);
      // As a process that is killed, as far as its runs are concerned.
      await first.engine.stop(20);

      const second = await open(
        t,
        database,
        flow(async () => {}),
      );
      // Where processes share the runs, the lease has to end first: here, it has.
      if (database.kind === 'postgres') {
        const sql = connect(t, database.url.reveal());
        await sql`UPDATE openworkflow.workflow_runs SET available_at = now()`;
      }
      await second.engine.start();
      await until(async () => !(await second.engine.isLive('onb_1', 1)));
      assert.deepEqual(calls, ['inspect', 'register found', 'register found']);
    },
  );

  check('a stop takes no longer than it may, and nothing new begins after it', async (t, database) => {
    const calls: string[] = [];
    const { engine } = await open(t, database, async (id) => {
      calls.push(id);
      await endless(t);
    });
    await engine.start();
    await engine.submit('onb_1', 1);
    await until(() => calls.length === 1);
    await engine.stop(50);
    await assert.rejects(engine.submit('onb_2', 1));
    assert.deepEqual(calls, ['onb_1']);
  });

  check('many runs at once all end', async (t, database) => {
    const ended = new Set<string>();
    const { engine } = await open(t, database, async (id, _generation, durable) => {
      await durable.run('inspect', async () => 'done');
      ended.add(id);
    });
    await engine.start();
    await Promise.all(Array.from({ length: 60 }, (_, n) => engine.submit(`onb_${n}`, 1)));
    await until(() => ended.size === 60);
  });

  if (name === 'PostgreSQL') {
    check('two workers share the runs, and each run is one worker’s', async (t, database) => {
      const by = { first: [] as string[], second: [] as string[] };
      const { gate, release } = held();
      const flow =
        (mine: string[]): Flow =>
        async (id, _generation, durable) => {
          await durable.run('inspect', async () => {
            mine.push(id);
            await gate;
            return 'done';
          });
        };
      const first = await open(t, database, flow(by.first));
      const second = await open(t, database, flow(by.second));
      await Promise.all([first.engine.start(), second.engine.start()]);
      await Promise.all(
        Array.from({ length: 30 }, (_, n) => (n % 2 === 0 ? first : second).engine.submit(`onb_${n}`, 1)),
      );
      await until(() => by.first.length + by.second.length >= 30);
      release();
      const live = async () => {
        const all = Array.from({ length: 30 }, (_, n) => second.engine.isLive(`onb_${n}`, 1));
        return (await Promise.all(all)).some((one) => one);
      };
      await until(async () => !(await live()));
      assert.equal(new Set([...by.first, ...by.second]).size, 30);
      assert.equal(by.first.length + by.second.length, 30);
    });

    check('what another process holds is not taken from it at a start', async (t, database) => {
      let calls = 0;
      const { gate, release } = held();
      const flow: Flow = async () => {
        calls++;
        await gate;
      };
      const first = await open(t, database, flow);
      await first.engine.start();
      await first.engine.submit('onb_1', 1);
      await until(() => calls === 1);
      const second = await open(t, database, flow);
      await second.engine.start();
      await second.engine.submit('onb_2', 1);
      await until(() => calls === 2);
      release();
      await until(async () => !(await second.engine.isLive('onb_1', 1)));
      assert.equal(calls, 2);
    });
  }
}
