import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import { test } from 'node:test';
import fc from 'fast-check';
import type { Database } from '../../settings/settings.ts';
import { openStore, type Store } from '../../store/store.ts';
import { databases } from '../../test/databases.ts';
import { fileOf } from '../../test/file.ts';
import { startHarness } from '../../test/harness.ts';
import { createTestClock, errorOf, signUp } from '../../test/person.ts';
import { graphCalls } from '../../test/sandbox.ts';
import { book, type Call, guessesLeft, noteOutcome, recentCalls, refusalOf } from './registrations.ts';

const hour = 3_600_000;
const now = 1_700_000_000_000;

/** Calls so many milliseconds ago, the newest first. */
const calls = (...list: [Call['outcome'], number][]): Call[] =>
  list.map(([outcome, ago], index) => ({ id: `reg_${index}`, outcome, at: now - ago }));

test('what stands in the way of the next call, and until when', () => {
  const wrong = (ago: number): [Call['outcome'], number] => ['wrong-pin', ago];
  const refused = (ago: number): [Call['outcome'], number] => ['refused', ago];
  const hours = (count: number): number[] => Array.from({ length: count }, (_, index) => (index + 1) * hour);
  const table: [string, Call[], ReturnType<typeof refusalOf>][] = [
    ['nothing yet', [], null],
    ['eight calls', calls(...hours(8).map(refused)), null],
    ['nine calls', calls(...hours(9).map(refused)), { reason: 'calls', until: now + 63 * hour }],
    ['eleven calls', calls(...hours(11).map(refused)), { reason: 'calls', until: now + 63 * hour }],
    ['four wrong PINs', calls(...hours(4).map(wrong)), null],
    ['five wrong PINs', calls(...hours(5).map(wrong)), { reason: 'guesses', until: now + 7 * hour }],
    ['a right one since', calls(['registered', 60_000], ...hours(5).map(wrong)), null],
    ['the fifth is as old as the window', calls(...[1, 2, 3, 4, 12].map((ago) => wrong(ago * hour))), null],
    ['two within seconds', calls(wrong(2000), wrong(9000)), { reason: 'hurry', until: now + 1000 }],
    ['two, and ten seconds', calls(wrong(2000), wrong(10_000)), null],
    [
      'open calls to a number without a PIN',
      calls(...hours(5).map((ago) => [null, ago] as [null, number])),
      null,
    ],
    [
      'open calls to one that has refused a PIN',
      calls([null, 1 * hour], [null, 2 * hour], wrong(3 * hour), [null, 4 * hour], [null, 5 * hour]),
      { reason: 'guesses', until: now + 7 * hour },
    ],
  ];
  for (const [what, list, expected] of table) {
    assert.deepEqual(refusalOf(list, now, 'register'), expected, what);
  }
  // Taking a number off guesses no PIN.
  assert.equal(refusalOf(calls(...hours(5).map(wrong)), now, 'deregister'), null);
  assert.deepEqual(
    [0, 1, 4, 5, 6].map((count) => guessesLeft(calls(...hours(count).map(wrong)), now)),
    [5, 4, 1, 0, 0],
  );
});

async function open(t: TestContext, database: Database): Promise<Store> {
  const store = await openStore(database);
  t.after(() => store.destroy());
  return store;
}

for (const { name, skip, create } of databases) {
  test(`of many that ask at once nine are let through, for each number: ${name}`, { skip }, async (t) => {
    const database = await create(t);
    // Several processes share a PostgreSQL; an SQLite file has one.
    const stores = [await open(t, database)];
    if (database.kind === 'postgres') stores.push(await open(t, database));
    const ask = (phoneNumberId: string, store = stores[0]) =>
      store?.transaction().execute((trx) => book(trx, phoneNumberId, 'register', now));
    // The first round opens the connections; in the others they come at once.
    for (const phoneNumberId of ['20001', '20002', '20003']) {
      const asked = await Promise.all(
        Array.from({ length: 30 }, (_, index) => ask(phoneNumberId, stores[index % stores.length])),
      );
      assert.equal(asked.filter((place) => place && 'id' in place).length, 9, phoneNumberId);
    }
  });
}

test('whatever Meta answers and whenever somebody tries: never a tenth call in 72 hours, never a sixth wrong PIN in twelve', async (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'relay-'));
  t.after(() => rmSync(folder, { recursive: true }));
  const store = await open(t, { kind: 'sqlite', file: join(folder, 'relay.db') });
  const turn = fc.record({
    pause: fc.integer({ min: 0, max: 9 * hour }),
    outcome: fc.constantFrom('registered', 'wrong-pin', 'wrong-pin', 'refused', null),
  });
  let number = 30_000;
  await fc.assert(
    fc.asyncProperty(fc.array(turn, { maxLength: 40 }), async (turns) => {
      const phoneNumberId = String(number++);
      let time = now;
      const sent: { at: number; wrong: boolean }[] = [];
      for (const { pause, outcome } of turns) {
        time += pause;
        const place = await store.transaction().execute((trx) => book(trx, phoneNumberId, 'register', time));
        if (!('id' in place)) {
          assert.ok(place.until > time);
          continue;
        }
        if (outcome) await noteOutcome(store, place.id, outcome, time);
        if (outcome === 'registered') for (const call of sent) call.wrong = false;
        sent.push({ at: time, wrong: outcome === 'wrong-pin' });
        const within = (ms: number) => sent.filter(({ at }) => at > time - ms);
        assert.ok(within(72 * hour).length <= 9);
        assert.ok(within(12 * hour).filter(({ wrong }) => wrong).length <= 5);
        assert.ok(within(10_000).filter(({ wrong }) => wrong).length <= 2);
      }
      assert.ok((await recentCalls(store, phoneNumberId, time)).length <= 9);
    }),
    { numRuns: 30 },
  );
});

test('the tenth registration of a number in 72 hours is not sent, whichever portal sent the others', async (t) => {
  const clock = createTestClock();
  const relay = await startHarness(t, {}, { now: clock.now, sweepEvery: 50 });
  const { phoneNumberId, ...person } = await signUp(relay, 'finish-unverified');
  await person.settled();
  for (let call = 0; call < 9; call++) {
    fileOf(relay).run(`INSERT INTO registration (id, phone_number_id, outcome, at)
      VALUES ('reg_${call}', '${phoneNumberId}', 'refused', ${clock.now() - hour})`);
  }
  await person.answer('verification_method', 'SMS');
  const { phoneNumbers } = await relay.sandbox.control('state');
  const code = phoneNumbers.find(({ id }) => id === phoneNumberId)?.sentCode?.code ?? '';
  const held = await person.answer('verification_code', code);
  assert.deepEqual([held.status, held.action], ['action_required', null]);
  assert.equal(errorOf(held)?.code, 'register-limit');
  const wait = Date.parse(held.retryAt ?? '') - clock.now();
  assert.ok(wait > 70.9 * hour && wait <= 71 * hour, `${wait}`);
  const registers = async () =>
    (await graphCalls(relay.sandbox)).filter((call) => call.endsWith('/register')).length;
  assert.equal(await registers(), 0);
  await clock.pass(relay, 71 * hour);
  assert.equal((await relay.ended(person.session, person.id)).status, 'completed');
  assert.equal(await registers(), 1);
});
