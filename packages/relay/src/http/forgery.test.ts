import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Problem } from 'whatsapp-embedded-signup/protocol';
import { fromBase64Url, fromUtf8, toBase64Url, utf8 } from '../encoding.ts';
import type { CallOptions, Harness } from '../test/harness.ts';
import { signup, startHarness } from '../test/harness.ts';
import { everyRow, storeOf } from '../test/rows.ts';
import { graphCalls } from '../test/sandbox.ts';

const hour = 3_600_000;

async function said(relay: Harness, call: [string, string], options: CallOptions): Promise<string> {
  const { status, body } = await relay.call<Partial<Problem>>(...call, options);
  return body.code === undefined ? String(status) : `${status} ${body.code}`;
}

const redeem: [string, string] = ['POST', '/v1/onboardings'];

test('a session with any of its fields changed is none', async (t) => {
  const relay = await startHarness(t);
  const { session, verifier } = await relay.session();
  const body = { ...signup(relay.sandbox), verifier };
  const [version, kid, payload = '', signature] = session.split('.');
  const fields = JSON.parse(fromUtf8(fromBase64Url(payload) ?? new Uint8Array())) as Record<string, unknown>;
  const names = Object.keys(fields);
  assert.ok(names.length >= 10, names.join());
  const rewritten = names.map((name) => ({ ...fields, [name]: name === 'x' ? 9e15 : 'changed' }));
  for (const changed of [...rewritten, { ...fields, admin: true }, { ...fields, c: null }, {}]) {
    const forged = [version, kid, toBase64Url(utf8(JSON.stringify(changed))), signature].join('.');
    assert.equal(await said(relay, redeem, { session: forged, body }), '401 session-invalid');
  }
  for (const forged of [
    [version, 'k2', payload, signature],
    [version, '', payload, signature],
    ['v2', kid, payload, signature],
    [version, kid, payload, ''],
    [version, kid, payload],
    [version, kid, '', signature],
  ]) {
    assert.match(await said(relay, redeem, { session: forged.join('.'), body }), /^40[14] /);
  }
  assert.deepEqual(await graphCalls(relay.sandbox), []);
  assert.equal(await said(relay, redeem, { session, body }), '202');
});

test('no verifier, another’s and one of two swapped are refused, and cost the session nothing', async (t) => {
  const relay = await startHarness(t);
  const mine = await relay.session();
  const other = await relay.session();
  const body = signup(relay.sandbox);
  for (const verifier of [undefined, other.verifier, `${mine.verifier}x`, mine.verifier.toLowerCase()]) {
    const request = verifier === undefined ? body : { ...body, verifier };
    assert.equal(await said(relay, redeem, { session: mine.session, body: request }), '401 session-invalid');
  }
  assert.equal(
    await said(relay, redeem, { session: other.session, body: { ...body, verifier: mine.verifier } }),
    '401 session-invalid',
  );
  assert.deepEqual(await graphCalls(relay.sandbox), []);
  assert.equal(
    await said(relay, redeem, { session: mine.session, body: { ...body, verifier: mine.verifier } }),
    '202',
  );
});

test('what a foreign form can send without asking first is refused before any work', async (t) => {
  const relay = await startHarness(t);
  const { session, verifier } = await relay.session();
  const { code } = signup(relay.sandbox);
  const store = await storeOf(t, relay);
  const before = await everyRow(store);
  const form = new URLSearchParams({ code, verifier, session }).toString();
  const json = JSON.stringify({ code, verifier });
  // The types that need no preflight (Fetch Standard, CORS-safelisted request-header), and none at all.
  for (const [type, body] of [
    ['application/x-www-form-urlencoded', form],
    ['multipart/form-data; boundary=x', `--x\r\n${form}`],
    ['text/plain', json],
    ['text/plain;application/json', json],
    ['application/jsonp', json],
    ['', json],
  ] as const) {
    const headers = { 'content-type': type };
    const foreign = { headers: { ...headers, origin: 'https://evil.example' }, body };
    assert.equal(await said(relay, redeem, foreign), '403 origin-not-allowed');
    assert.equal(await said(relay, ['POST', '/v1/sessions'], foreign), '403 origin-not-allowed');
    assert.equal(await said(relay, redeem, { headers, body }), '401 session-missing');
    assert.equal(await said(relay, redeem, { headers, body, session }), '415 content-type-unsupported');
  }
  assert.deepEqual(await everyRow(store), before);
  assert.deepEqual(await graphCalls(relay.sandbox), []);
});

test('ids with characters of paths are nobody’s', async (t) => {
  const relay = await startHarness(t, { RELAY_API_KEY: 'key' });
  const { session } = await relay.onboard();
  for (const id of [
    '..%2F..%2Fv1%2Fportals%2Fdefault',
    '%2e%2e',
    'onb_%00',
    'onb_1%2F..',
    'onb_1%3Fx=1',
    "onb_1'--",
    '%25',
    '%zz',
    '%E0%A4%A',
    'onb_'.padEnd(2000, '1'),
  ]) {
    for (const who of [{ session }, { key: 'key' }]) {
      for (const [method, rest] of [
        ['GET', ''],
        ['POST', '/resume'],
      ] as const) {
        const answer = await said(relay, [method, `/v1/onboardings/${id}${rest}`], who);
        assert.match(answer, /^404 (onboarding-unknown|not-found)$/, id);
      }
    }
  }
  assert.deepEqual(
    relay.logged.filter(({ level }) => level === 'error'),
    [],
  );
});

test('a session redeems for two hours, and reads, answers and resumes until a day after the end', async (t) => {
  let time = Date.now();
  const relay = await startHarness(t, { RELAY_API_KEY: 'key' }, { now: () => time });
  const late = await relay.session();
  const { session, onboarding } = await relay.onboard();
  const done = await relay.ended(session, onboarding.id);
  assert.equal(done.status, 'completed');
  const path = `/v1/onboardings/${onboarding.id}`;
  const everything = async (): Promise<string[]> =>
    Promise.all([
      said(relay, ['GET', path], { session }),
      said(relay, ['PATCH', path], { session, body: {} }),
      said(relay, ['POST', `${path}/resume`], { session }),
      said(relay, ['POST', `${path}/input`], { session, body: { kind: 'pin', value: '123456' } }),
    ]);

  time += 2 * hour;
  const request = { ...signup(relay.sandbox), verifier: late.verifier };
  assert.equal(await said(relay, redeem, { session: late.session, body: request }), '401 session-expired');
  time += 21 * hour;
  assert.deepEqual(await everything(), ['200', '200', '202', '409 input-unexpected']);
  time += 2 * hour;
  assert.deepEqual(
    await everything(),
    Array.from({ length: 4 }, () => '401 session-expired'),
  );

  // The backend goes on reading, and lets the page read again.
  assert.equal(await said(relay, ['GET', path], { key: 'key' }), '200');
  const again = await relay.call<{ session: string }>('POST', '/v1/sessions', {
    key: 'key',
    body: { onboarding: onboarding.id },
  });
  const reading = { session: again.body.session };
  assert.equal(await said(relay, ['GET', path], reading), '200');
  time += 3 * hour;
  assert.equal(await said(relay, ['GET', path], reading), '401 session-expired');
});

test('a redeem that is repeated after a restart gets the same onboarding, and Meta is asked nothing', async (t) => {
  const relay = await startHarness(t);
  const { session, verifier } = await relay.session();
  const body = { ...signup(relay.sandbox), verifier };
  const first = await relay.redeem(session, body);
  await relay.ended(session, first.body.id);
  await relay.restart();
  const second = await relay.redeem(session, body);
  assert.deepEqual([second.status, second.body.id], [202, first.body.id]);
  assert.equal((await graphCalls(relay.sandbox)).filter((call) => call.includes('access_token')).length, 1);
});
