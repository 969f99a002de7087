import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sha256, toBase64Url } from './encoding.ts';
import type { SealingKey } from './seal.ts';
import { createSessions } from './sessions.ts';

const key: SealingKey = { id: 'k1', bytes: new Uint8Array(32).fill(1) };
const hour = 3_600_000;
let time = 1_000_000;
const sessions = await createSessions([key], () => time);
const verifier = 'a-random-verifier';
const wanted = {
  portal: 'acme',
  origin: 'https://acme.example',
  flow: 'standard',
  claimedReference: 'customer-7',
  reference: null,
  reconnect: null,
  onboarding: null,
  prefill: null,
  challenge: toBase64Url(await sha256(verifier)),
} as const;

test('a granted session opens to what was granted', async () => {
  const granted = await sessions.grant(wanted);
  const { id, expiresAt, ...rest } = await sessions.open(granted.session);
  assert.deepEqual(rest, wanted);
  assert.equal(expiresAt, time + 2 * hour);
  assert.match(id, /^[\w-]{22}$/);
});

test('a session with any character changed, added or missing is refused', async () => {
  const { session } = await sessions.grant(wanted);
  for (let at = 0; at < session.length; at += 7) {
    // The last character of base64url may hold unused bits, so the one replaced is always an inner one.
    const other = session[at] === 'A' ? 'B' : 'A';
    const changed = session.slice(0, at) + other + session.slice(at + 1);
    await assert.rejects(sessions.open(changed), { code: 'session-invalid' }, `position ${at}`);
  }
  for (const text of [
    '',
    'v1',
    `${session}.x`,
    session.slice(0, -3),
    `${session.split('.').slice(0, 3).join('.')}.`,
  ]) {
    await assert.rejects(sessions.open(text), { code: 'session-invalid' });
  }
});

test('another relay’s session is refused', async () => {
  const other = await createSessions([{ id: 'k1', bytes: new Uint8Array(32).fill(2) }], () => time);
  await assert.rejects(sessions.open((await other.grant(wanted)).session), { code: 'session-invalid' });
});

test('redeeming needs the verifier, and less than two hours', async () => {
  const session = await sessions.open((await sessions.grant(wanted)).session);
  await sessions.assertRedeemable(session, verifier);
  await assert.rejects(sessions.assertRedeemable(session, 'another'), { code: 'session-invalid' });
  await assert.rejects(sessions.assertRedeemable(session, undefined), { code: 'session-invalid' });
  time += 2 * hour;
  await assert.rejects(sessions.assertRedeemable(session, verifier), { code: 'session-expired' });
});
