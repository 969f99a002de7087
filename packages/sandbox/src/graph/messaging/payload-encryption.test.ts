import assert from 'node:assert/strict';
import { createPublicKey, generateKeyPairSync } from 'node:crypto';
import { after, before, it } from 'node:test';
import { createSandbox } from '../../sandbox.ts';
import { createClient } from '../../test/client.ts';
import { openJwe, sealJwe } from './jwe.ts';

const sandbox = createSandbox();
const { as, connect } = createClient(sandbox);
const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });

before(() => sandbox.start());
after(() => sandbox.stop());

it('takes and answers sealed messages once both sides know each other’s key', async () => {
  const { token, phoneNumberId } = await connect('finish', { registered: true });
  const { get, send } = as(token);
  const sendSealed = (contents: string) =>
    send('POST', `/v26.0/${phoneNumberId}/messages_encrypted`, {
      messaging_product: 'whatsapp',
      encrypted_contents: contents,
    });
  const settings = `/v26.0/${phoneNumberId}/settings`;
  const set = (client_encryption_key: string) =>
    send('POST', settings, { payload_encryption: { status: 'enabled', client_encryption_key } });

  assert.match((await sendSealed('a.b.c.d.e')).body.error?.message ?? '', /not enabled/);
  assert.equal((await set('no key')).body.error?.code, 100);
  for (const status of ['enabled', 'ENABLED']) {
    const keyless = await send('POST', settings, { payload_encryption: { status } });
    assert.match(keyless.body.error?.message ?? '', /client_encryption_key'\] is required/);
  }
  assert.equal((await set(publicKey.export({ format: 'pem', type: 'spki' }).toString())).status, 200);

  const { payload_encryption: shown } = (await get(settings)).body as {
    payload_encryption: { cloud_encryption_key: string };
  };
  const cloudKey = createPublicKey({
    key: Buffer.from(shown.cloud_encryption_key, 'base64'),
    format: 'der',
    type: 'spki',
  });
  const message = {
    messaging_product: 'whatsapp',
    to: '14155550199',
    type: 'text',
    text: { body: 'For your eyes only' },
  };
  const { body } = await sendSealed(sealJwe(JSON.stringify(message), cloudKey));
  const answer = JSON.parse(openJwe(String(body.encrypted_contents), privateKey));
  assert.match(answer.messages[0].id, /^wamid\./);

  const refused = await sendSealed(sealJwe(JSON.stringify({ ...message, type: 'smoke' }), cloudKey));
  assert.match(refused.body.error?.message ?? '', /Param type must be one of/);
  const strange = await sendSealed(sealJwe(JSON.stringify(message), publicKey));
  assert.match(strange.body.error?.message ?? '', /must be a JWE/);
});
