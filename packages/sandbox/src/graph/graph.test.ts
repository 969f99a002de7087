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

  it('can say its method as a parameter, but not make a reading do more', async () => {
    const { token, wabaId } = await connect();
    const path = `/${wabaId}/subscribed_apps`;
    const count = async () => ((await as(token).get(path)).body.data as unknown[]).length;
    await as(token).post(path);
    await as(token).get(`${path}?method=delete`);
    assert.equal(await count(), 1);
    assert.deepEqual((await as(token).post(path, { method: 'delete' })).body, { success: true });
    assert.equal(await count(), 0);
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

  it('may come from a page: answers and refusals can be read there', async () => {
    const { token } = await connect();
    for (const { headers } of [await as(token).get('/me'), await as('nonsense').get('/me')]) {
      assert.equal(headers.get('access-control-allow-origin'), '*');
    }
  });
});
