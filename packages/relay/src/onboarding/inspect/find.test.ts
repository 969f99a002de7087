import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { PhoneNumber } from '../../graph/calls.ts';
import type { Search } from './find.ts';
import { findAccount, findNumber } from './find.ts';
import type { ReadAccount } from './proof.ts';

const waba: fc.Arbitrary<string> = fc.constantFrom('1', '2', '3', '4');
const hint = fc.option(waba, { nil: null });
const hints = fc.record({ decided: hint, claimed: hint });
const wabas = fc.uniqueArray(waba);
const number: fc.Arbitrary<string> = fc.constantFrom('71', '72', '73');
const numberHints = fc.record({ decided: fc.constant(null), claimed: fc.option(number, { nil: null }) });

/** What Meta has: the accounts that the token can read, and their numbers. */
const world = fc.dictionary(waba, fc.uniqueArray(number), { noNullPrototype: true });

const search = fc.record({
  world,
  targets: fc.option(wabas, { nil: null }),
  listed: wabas,
  waba: hints,
  number: numberHints,
  reconnect: hint,
});

type Case = typeof search extends fc.Arbitrary<infer T> ? T : never;

function read({ world: accounts }: Case, wabaId: string): ReadAccount | { refused: { code: number } } {
  const numbers = accounts[wabaId];
  if (!numbers) return { refused: { code: 100 } };
  return { waba: { id: wabaId }, numbers: numbers.map((id): PhoneNumber => ({ id })) };
}

async function find(found: Case) {
  const asked: string[] = [];
  const options: Search = {
    facts: { targets: found.targets, scopes: null },
    waba: found.waba,
    number: found.number,
    reconnect: found.reconnect,
    read: async (wabaId) => {
      asked.push(wabaId);
      return read(found, wabaId);
    },
    discover: async () => found.listed,
  };
  return { asked, answer: await findAccount(options) };
}

test('whatever is claimed, only a target that the token reads is taken, and nothing is guessed', async () => {
  await fc.assert(
    fc.asyncProperty(search, async (found) => {
      const { asked, answer } = await find(found);
      const { targets, listed, waba: said, reconnect, world: accounts } = found;
      const named = said.decided ?? said.claimed ?? reconnect;
      const possible = (targets ?? (named === null ? listed : Object.keys(accounts))).filter(
        (id) => id in accounts,
      );
      // Nothing outside of the targets is so much as asked for.
      if (targets) assert.ok(asked.every((id) => targets.includes(id)));
      const taken =
        'waba' in answer ? [answer.waba.id] : 'choices' in answer ? answer.choices.map(({ id }) => id) : [];
      assert.ok(taken.every((id) => possible.includes(id)));
      if (reconnect !== null) assert.ok(taken.every((id) => id === reconnect));
      if (named !== null) assert.ok(!('choices' in answer) && taken.every((id) => id === named));
      const fits = possible.filter(
        (id) => found.number.claimed === null || accounts[id]?.includes(found.number.claimed),
      );
      if (named === null) assert.deepEqual([...taken].sort(), [...fits].sort());
      if ('choices' in answer) assert.ok(taken.length > 1);
    }),
    { numRuns: 2000 },
  );
});

test('a claimed account that the token names and reads is found', async () => {
  await fc.assert(
    fc.asyncProperty(search, async (found) => {
      const wanted = found.waba.decided ?? found.waba.claimed;
      fc.pre(wanted !== null && wanted in found.world);
      fc.pre(found.targets === null || found.targets.includes(wanted));
      fc.pre(found.reconnect === null || found.reconnect === wanted);
      const { answer } = await find(found);
      assert.ok('waba' in answer && answer.waba.id === wanted);
    }),
  );
});

test('a number is taken only where the account lists it, and never guessed', () => {
  const listed = fc.uniqueArray(
    fc.record({ id: number, is_on_biz_app: fc.option(fc.boolean(), { nil: null }) }),
    { selector: ({ id }) => id },
  );
  const asked = fc.record({
    flow: fc.constantFrom('standard' as const, 'coexistence' as const, 'app-only' as const),
    finish_event: fc.constantFrom(
      null,
      'FINISH',
      'FINISH_ONLY_WABA',
      'FINISH_WHATSAPP_BUSINESS_APP_ONBOARDING',
      'FINISH_OTHER',
    ),
  });
  const decided = fc.option(number, { nil: null });
  fc.assert(
    fc.property(listed, fc.record({ decided, claimed: decided }), asked, (numbers, said, signedUp) => {
      const ids = numbers.map(({ id }) => id);
      const found = findNumber(numbers, said, signedUp);
      const named = said.decided ?? said.claimed;
      if (named !== null) {
        assert.deepEqual(found === 'not-listed', !ids.includes(named));
        if (found !== 'not-listed') assert.ok('number' in found && found.number?.id === named);
      } else if (found !== 'not-listed' && 'choices' in found) {
        assert.ok(found.choices.length > 1 && found.choices.every(({ id }) => ids.includes(id)));
      } else if (found !== 'not-listed' && found.number !== null) {
        const others = numbers.filter(({ id }) => id !== found.number?.id);
        const isAlone = others.length === 0;
        assert.ok(isAlone || (found.number.is_on_biz_app && others.every((other) => !other.is_on_biz_app)));
      } else {
        assert.ok(ids.length === 0 || signedUp.finish_event === 'FINISH_ONLY_WABA');
      }
    }),
    { numRuns: 1000 },
  );
});
