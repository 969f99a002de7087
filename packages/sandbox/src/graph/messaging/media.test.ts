import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { after, before, describe, it } from 'node:test';
import { createSandbox } from '../../sandbox.ts';
import { type Customer, createClient } from '../../test/client.ts';

const sandbox = createSandbox();
const { as, connect, control } = createClient(sandbox);
const minuteMs = 60_000;

before(() => sandbox.start());
after(() => sandbox.stop());

function upload({ token, phoneNumberId }: Customer, text: string, type: string) {
  const form = new FormData();
  form.set('messaging_product', 'whatsapp');
  form.set('file', new Blob([text], { type }), 'picture');
  return as(token).send('POST', `/v26.0/${phoneNumberId}/media`, form);
}

const download = (url: unknown, token: string) =>
  fetch(String(url), { headers: { authorization: `Bearer ${token}` } });

describe('media', () => {
  it('is uploaded, described, fetched with the token, and deleted', async () => {
    const customer = await connect('finish', { registered: true });
    const { get, delete: remove } = as(customer.token);
    const { id } = (await upload(customer, 'pixels', 'image/png')).body;
    const { body } = await get(`/v26.0/${id}`);
    assert.equal(body.mime_type, 'image/png');
    assert.equal(body.file_size, '6');
    assert.equal(body.sha256, createHash('sha256').update('pixels').digest('hex'));
    const file = await download(body.url, customer.token);
    assert.equal(file.headers.get('content-type'), 'image/png');
    assert.equal(await file.text(), 'pixels');
    assert.equal((await fetch(String(body.url))).status, 401);
    assert.equal((await download(body.url, (await connect()).token)).status, 404);
    assert.deepEqual((await remove(`/v26.0/${id}`)).body, { success: true });
    assert.equal((await get(`/v26.0/${id}`)).body.error?.error_subcode, 33);
  });

  it('has an address that is good for five minutes', async () => {
    const customer = await connect('finish', { registered: true });
    const { id } = (await upload(customer, 'words', 'text/plain')).body;
    const { url } = (await as(customer.token).get(`/v26.0/${id}`)).body;
    await control('POST', '/clock', { advanceMs: 4 * minuteMs });
    assert.equal((await download(url, customer.token)).status, 200);
    await control('POST', '/clock', { advanceMs: minuteMs });
    assert.equal((await download(url, customer.token)).status, 404);
  });

  it('belongs to the number that it was uploaded for', async () => {
    const customer = await connect('finish', { registered: true });
    const { id } = (await upload(customer, 'words', 'text/plain')).body;
    const ask = async (phoneId: string) =>
      (await as(customer.token).get(`/v26.0/${id}?phone_number_id=${phoneId}`)).status;
    assert.deepEqual([await ask(customer.phoneNumberId), await ask('1')], [200, 400]);
  });

  it('is of a known type and size, from a registered number', async () => {
    const customer = await connect('finish', { registered: true });
    const messageOf = async (text: string, type: string, from = customer) =>
      (await upload(from, text, type)).body.error?.message ?? '';
    assert.match(await messageOf('<a/>', 'application/xml'), /Received file of type 'application\/xml'/);
    assert.match(await messageOf('x'.repeat(600_000), 'image/webp'), /must be at most 524288 bytes/);
    assert.match(await messageOf('x', 'image/png', await connect()), /#133010/);
    const { body } = await as(customer.token).post(`/v26.0/${customer.phoneNumberId}/media`, {
      messaging_product: 'whatsapp',
    });
    assert.equal(body.error?.message, '(#100) The parameter file is required.');
  });

  it('stands in the state without its bytes', async () => {
    const customer = await connect('finish', { registered: true });
    const { id } = (await upload(customer, 'pixels', 'image/png')).body;
    const state = (await control('GET', '/state')).body as { messaging: { media: { id: string }[] } };
    const media = state.messaging.media.find((one) => one.id === id) as Record<string, unknown> | undefined;
    assert.equal(media?.size, 6);
    assert.ok(!('bytes' in (media ?? {})));
  });
});
