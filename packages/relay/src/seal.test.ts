import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { SealingKey } from './seal.ts';
import { createSealer } from './seal.ts';
import { createSecret } from './secret.ts';

const key = (id: string): SealingKey => ({ id, bytes: crypto.getRandomValues(new Uint8Array(32)) });
const token = createSecret('EAAB-business-token');
const row = { kind: 'business_token', row: 'onb_1' } as const;

test('what was sealed opens again, and the text at rest does not hold it', async () => {
  const sealer = await createSealer([key('a')]);
  const sealed = await sealer.seal(token, row);
  assert.match(sealed, /^s1\.a\.[\w-]{16}\.[\w-]+$/);
  assert.ok(!sealed.includes(Buffer.from('EAAB').toString('base64url').slice(0, 4)));
  assert.equal((await sealer.open(sealed, row)).reveal(), 'EAAB-business-token');
});

test('the same secret never seals to the same text', async () => {
  const sealer = await createSealer([key('a')]);
  assert.notEqual(await sealer.seal(token, row), await sealer.seal(token, row));
});

test('a value copied to another row or kind does not open', async () => {
  const sealer = await createSealer([key('a')]);
  const sealed = await sealer.seal(token, row);
  await assert.rejects(sealer.open(sealed, { ...row, row: 'onb_2' }), { code: 'sealed-value-unreadable' });
  await assert.rejects(sealer.open(sealed, { ...row, kind: 'pin' }), { code: 'sealed-value-unreadable' });
});

test('any changed character is noticed', async () => {
  const sealer = await createSealer([key('a')]);
  const sealed = await sealer.seal(token, row);
  for (const damaged of [
    '',
    's1',
    `s2${sealed.slice(2)}`,
    sealed.slice(0, -2),
    `${sealed}A`,
    sealed.replace(/.$/, '!'),
  ]) {
    await assert.rejects(sealer.open(damaged, row), { name: 'SealError' });
  }
});

test('after a rotation the new key seals and the old one still opens', async () => {
  const old = key('old');
  const before = await createSealer([old]);
  const sealed = await before.seal(token, row);
  const after = await createSealer([key('new'), old]);
  assert.equal((await after.open(sealed, row)).reveal(), token.reveal());
  assert.match(await after.seal(token, row), /^s1\.new\./);
  const retired = await createSealer([key('new')]);
  await assert.rejects(retired.open(sealed, row), { code: 'sealing-key-missing' });
});

test('a secret prints as [secret] in every form', () => {
  assert.equal(`${token}`, '[secret]');
  assert.equal(JSON.stringify({ token }), '{"token":"[secret]"}');
});
