import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { createSandbox } from '../sandbox.ts';
import { createClient } from '../test/client.ts';

const sandbox = createSandbox();
const { graph, as, connect } = createClient(sandbox);

before(() => sandbox.start());
after(() => sandbox.stop());

describe('a call', () => {
  it('that leads nowhere is refused in Meta’s own envelope', async () => {
    const { status, body } = await graph('/v26.0/no/such/path');
    assert.deepEqual([status, body.error?.code], [400, 2500]);
    assert.match(body.error?.fbtrace_id ?? '', /^A\w+$/);
    const { token, wabaId } = await connect();
    assert.equal((await as(token).get(`/${wabaId}/shoes`)).body.error?.code, 2500);
  });

  it('can say its method as a parameter', async () => {
    const { token, wabaId } = await connect();
    const path = `/${wabaId}/subscribed_apps`;
    const count = async () => ((await as(token).get(path)).body.data as unknown[]).length;
    await as(token).post(path);
    assert.equal(await count(), 1);
    assert.deepEqual((await as(token).get(`${path}?method=delete`)).body, { success: true });
    assert.equal(await count(), 0);
    await as(token).get(`${path}?method=post`);
    assert.deepEqual(
      (await as(token).post(`${path}?method=get`)).body.data,
      (await as(token).get(path)).body.data,
    );
    assert.equal(await count(), 1);
    assert.deepEqual((await as(token).post(path, { method: 'delete' })).body, { success: true });
    assert.equal(await count(), 0);
  });

  it('whose body is broken off is refused', async () => {
    const { token, wabaId } = await connect();
    const { status, body } = await graph(`/${wabaId}?access_token=${token}`, {
      method: 'POST',
      headers: { 'content-type': 'multipart/form-data; boundary=x' },
      body: '--x\r\ncontent-disposition: form-data; na',
    });
    assert.deepEqual([status, body.error?.code], [400, 100]);
  });

  it('has no effect as a HEAD, whatever its parameters say', async () => {
    const { token, wabaId } = await connect();
    const path = `/${wabaId}/subscribed_apps`;
    const { status } = await fetch(`${sandbox.url}${path}?method=post&access_token=${token}`, {
      method: 'HEAD',
    });
    assert.equal(status, 400);
    assert.deepEqual((await as(token).get(path)).body.data, []);
  });

  it('by a method that the object does not know is refused', async () => {
    const { token, wabaId } = await connect();
    for (const answer of [
      await as(token).delete(`/${wabaId}`),
      await as(token).delete(`/${wabaId}/phone_numbers`),
    ]) {
      assert.deepEqual([answer.status, answer.body.error?.type], [400, 'GraphMethodException']);
    }
    const put = await graph(`/${wabaId}`, { method: 'PUT', headers: { authorization: `Bearer ${token}` } });
    assert.equal(put.body.error?.type, 'GraphMethodException');
  });

  it('with JSON that has no bottom is refused, wherever it stands', async () => {
    const { token, wabaId } = await connect();
    const bottomless = '['.repeat(50_000) + ']'.repeat(50_000);
    const path = `/v26.0/${wabaId}/message_templates`;
    const authorization = `Bearer ${token}`;
    const body = `{"name":"deep","components":${bottomless}}`;
    for (const answer of [
      await graph(path, {
        method: 'POST',
        headers: { authorization, 'content-type': 'application/json' },
        body,
      }),
      await as(token).post(path, {
        name: 'deep',
        language: 'en',
        category: 'UTILITY',
        components: bottomless,
      }),
      await as(token).get(`${path}?filtering=${'['.repeat(2000)}`),
    ]) {
      assert.deepEqual([answer.status, answer.body.error?.code], [400, 100]);
    }
    const webhook = await fetch(`${sandbox.url}/_sandbox/webhooks`, {
      method: 'POST',
      body: `{"field":"messages","value":${bottomless}}`,
    });
    assert.deepEqual([webhook.status, (await webhook.json()).error.field], [400, 'body']);
  });

  it('may come from a page: answers and refusals can be read there', async () => {
    const { token } = await connect();
    for (const { headers } of [await as(token).get('/me'), await as('nonsense').get('/me')]) {
      assert.equal(headers.get('access-control-allow-origin'), '*');
    }
  });
});
