import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { createSandbox } from '../../sandbox.ts';
import { createClient } from '../../test/client.ts';

const sandbox = createSandbox();
const { as, connect } = createClient(sandbox);

before(() => sandbox.start());
after(() => sandbox.stop());

describe('a QR code', () => {
  it('is made with an image, changed, listed newest first, and deleted', async () => {
    const { token, phoneNumberId } = await connect();
    const { get, post, delete: remove } = as(token);
    const path = `/v26.0/${phoneNumberId}/message_qrdls`;
    const first = (await post(path, { prefilled_message: 'Hello!', generate_qr_image: 'SVG' })).body;
    assert.match(String(first.code), /^[A-Z2-7]{14}$/);
    assert.equal(first.deep_link_url, `https://wa.me/message/${first.code}`);
    assert.match(await (await fetch(String(first.qr_image_url))).text(), /^<svg/);
    const second = (await post(path, { prefilled_message: 'Bread, please' })).body;
    assert.ok(!('qr_image_url' in second));
    await post(path, { code: String(first.code), prefilled_message: 'Good morning!' });
    const list = (await get(path)).body.data as Record<string, unknown>[];
    assert.deepEqual(
      list.map((one) => one.prefilled_message),
      ['Bread, please', 'Good morning!'],
    );
    assert.deepEqual(Object.keys(list[0] ?? {}), ['code', 'prefilled_message', 'deep_link_url']);
    assert.deepEqual((await remove(`${path}/${first.code}`)).body, { success: true });
    assert.equal((await get(`${path}/${first.code}`)).body.error?.error_subcode, 33);
  });

  it('is read by its code, in the image format that is asked for', async () => {
    const { token, phoneNumberId } = await connect();
    const path = `/v26.0/${phoneNumberId}/message_qrdls`;
    const { code } = (await as(token).post(path, { prefilled_message: 'Hello!' })).body;
    const imageAs = async (format: string) => {
      const { body } = await as(token).get(`${path}/${code}?fields=code,qr_image_url.format(${format})`);
      const [qr] = body.data as { qr_image_url: string }[];
      return fetch(qr?.qr_image_url ?? '');
    };
    assert.equal((await imageAs('SVG')).headers.get('content-type'), 'image/svg+xml');
    const png = Buffer.from(await (await imageAs('PNG')).arrayBuffer());
    assert.equal(png.subarray(1, 4).toString(), 'PNG');
    const { body } = await as(token).get(`${path}/${code}/more`);
    assert.equal(body.error?.code, 2500);
  });

  it('needs a message of at most 140 characters', async () => {
    const { token, phoneNumberId } = await connect();
    const path = `/v26.0/${phoneNumberId}/message_qrdls`;
    const messageOf = async (fields: Record<string, string>) =>
      (await as(token).post(path, fields)).body.error?.message;
    assert.equal(await messageOf({}), '(#100) The parameter prefilled_message is required.');
    assert.match((await messageOf({ prefilled_message: 'x'.repeat(141) })) ?? '', /at most 140 characters/);
  });
});
