import assert from 'node:assert/strict';
import { test } from 'node:test';
import { GraphError } from './error.ts';
import { isNotGranted, isRateLimit, meaningOf } from './meaning.ts';
import { dayMs, hourMs, minuteMs } from './table/row.ts';
import { table } from './table/table.ts';

const answer = (error: Record<string, unknown>, waitMs?: number): GraphError =>
  GraphError.fromBody(400, error, waitMs);
const meaning = (code: number, error_subcode?: number) => meaningOf(answer({ code, error_subcode }));

/** Meta's code, its subcode, the relay's code, and what the step does. */
const known: readonly [number, number | undefined, string, 'soon' | 'never' | number][] = [
  [0, undefined, 'token-invalid', 'never'],
  [1, undefined, 'meta-unavailable', 'soon'],
  [2, undefined, 'meta-unavailable', 'soon'],
  [3, undefined, 'permission-missing', 'never'],
  [4, undefined, 'rate-limited', 5 * minuteMs],
  [4, 2446079, 'rate-limited', 5 * minuteMs],
  [10, undefined, 'permission-missing', 'never'],
  [17, undefined, 'rate-limited', 5 * minuteMs],
  [32, undefined, 'rate-limited', 5 * minuteMs],
  [33, undefined, 'not-accessible', 'never'],
  [100, undefined, 'meta-refused', 'never'],
  [100, 33, 'not-accessible', 'never'],
  [100, 36007, 'code-expired', 'never'],
  [100, 36008, 'code-refused', 'never'],
  [100, 36009, 'code-used', 'never'],
  [101, undefined, 'app-settings', 'never'],
  [104, undefined, 'app-settings', 'never'],
  [190, undefined, 'token-invalid', 'never'],
  [190, 458, 'token-invalid', 'never'],
  [190, 463, 'token-invalid', 'never'],
  [190, 999, 'token-invalid', 'never'],
  [200, undefined, 'permission-missing', 'never'],
  [299, undefined, 'permission-missing', 'never'],
  [300, undefined, 'meta-refused', 'never'],
  [341, undefined, 'rate-limited', 5 * minuteMs],
  [368, undefined, 'policy-block', 'never'],
  [613, undefined, 'rate-limited', 5 * minuteMs],
  [803, undefined, 'not-accessible', 'never'],
  [80007, undefined, 'rate-limited', 5 * minuteMs],
  [80008, undefined, 'rate-limited', 5 * minuteMs],
  [130429, undefined, 'rate-limited', minuteMs],
  [131000, undefined, 'meta-unavailable', 'soon'],
  [131005, undefined, 'permission-missing', 'never'],
  [131016, undefined, 'meta-unavailable', 'soon'],
  [131031, undefined, 'account-locked', 'never'],
  [131037, undefined, 'display-name-missing', 'never'],
  [131042, undefined, 'payment-method-missing', 'never'],
  [131045, undefined, 'number-not-registered', 'never'],
  [131048, undefined, 'rate-limited', minuteMs],
  [131056, undefined, 'rate-limited', minuteMs],
  [131057, undefined, 'meta-maintenance', 2 * minuteMs],
  [131060, undefined, 'message-unsupported', 'never'],
  [133000, undefined, 'number-deregistering', 'never'],
  [133004, undefined, 'meta-unavailable', 'soon'],
  [133005, undefined, 'pin-mismatch', 'never'],
  [133006, undefined, 'number-not-verified', 'never'],
  [133008, undefined, 'pin-locked', 12 * hourMs],
  [133009, undefined, 'pin-locked', 5 * minuteMs],
  [133010, undefined, 'number-not-registered', 'never'],
  [133015, undefined, 'number-deletion-pending', 5 * minuteMs],
  [133016, undefined, 'register-limit', 72 * hourMs],
  [136024, undefined, 'verification-code-not-sent', 'never'],
  [136024, 2388091, 'number-already-verified', 'never'],
  [136024, 2388367, 'verification-code-limit', hourMs],
  [136025, 2388093, 'verification-code-wrong', 'never'],
  [2388001, undefined, 'display-name-in-review', dayMs],
  [100, 2388001, 'display-name-in-review', dayMs],
  [2388012, undefined, 'number-elsewhere', 'never'],
  [2388103, undefined, 'number-not-movable', 'never'],
  [2494100, undefined, 'meta-maintenance', 2 * minuteMs],
  [2593107, undefined, 'sync-already-asked', 'never'],
  [2593108, undefined, 'sync-too-late', 'never'],
  [2593109, undefined, 'history-declined', 'never'],
  [987654, undefined, 'meta-refused', 'never'],
];

for (const [code, subcode, wanted, again] of known) {
  test(`${code}${subcode === undefined ? '' : `/${subcode}`} is ${wanted}`, () => {
    const { error, transient, waitMs } = meaning(code, subcode);
    assert.equal(error.code, wanted);
    assert.equal(waitMs ?? (transient ? 'soon' : 'never'), again);
    assert.deepEqual(error.meta, { code, ...(subcode !== undefined && { subcode }) });
    assert.ok(error.who && error.message.endsWith('.') && error.hint.endsWith('.'));
  });
}

test('every row of the table was looked at', () => {
  const seen = new Set(known.flatMap(([code, subcode]) => [`${code}`, `${subcode}`, `${code}/${subcode}`]));
  const rest = Object.keys(table).filter((key) => !seen.has(key) && !key.startsWith('190/'));
  assert.deepEqual(rest, ['102']);
});

test('is_transient outranks the code', () => {
  for (const code of [190, 133005, 131042, 100, 987654]) {
    const { transient, error, waitMs } = meaningOf(answer({ code, is_transient: true }));
    assert.deepEqual([transient, error.code, waitMs], [true, 'meta-unavailable', undefined]);
  }
  assert.equal(meaningOf(answer({ code: 4, is_transient: true })).error.code, 'rate-limited');
  assert.equal(meaningOf(answer({ code: 2, is_transient: false })).transient, true);
});

test('what Meta says of this call counts more than what is usual, and nothing makes a refusal wait', () => {
  assert.equal(meaningOf(answer({ code: 80007 }, 20 * minuteMs)).waitMs, 20 * minuteMs);
  assert.equal(meaningOf(answer({ code: 2 }, minuteMs)).waitMs, minuteMs);
  const error_data = { details: 'Try again in 43198 seconds.' };
  assert.equal(meaningOf(answer({ code: 133008, error_data })).waitMs, 43_198_000);
  const { transient, waitMs } = meaningOf(answer({ code: 133005, error_data }, minuteMs));
  assert.deepEqual([transient, waitMs], [false, undefined]);
});

test('no sentence of Meta’s comes through', () => {
  const secret = 'the pin 123456';
  const said = answer({
    code: 133008,
    message: secret,
    error_user_msg: secret,
    error_data: { details: `${secret}: 5 minutes` },
  });
  assert.doesNotMatch(JSON.stringify([said, said.message, meaningOf(said)]), /123456/);
});

test('no connection and what cannot be read may pass', () => {
  for (const kind of ['no-answer', 'unreadable'] as const) {
    const { transient, error } = meaningOf(new GraphError({ kind, message: '' }));
    assert.deepEqual([transient, error.code], [true, 'meta-unavailable']);
  }
});

test('rate limits and what was not granted are told apart', () => {
  assert.deepEqual(
    [4, 80008, 100, 2].map((code) => isRateLimit(answer({ code }))),
    [true, true, false, false],
  );
  const ungranted = [
    { code: 100, error_subcode: 33 },
    { code: 803 },
    { code: 10 },
    { code: 200 },
    { code: 190 },
  ];
  assert.deepEqual(
    ungranted.map((error) => isNotGranted(answer(error))),
    [true, true, true, true, false],
  );
});
