import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { after, before, describe, it } from 'node:test';
import { createSandbox } from '../../sandbox.ts';
import { createClient } from '../../test/client.ts';

const sandbox = createSandbox();
const { graph, as, connect } = createClient(sandbox);

before(() => sandbox.start());
after(() => sandbox.stop());

describe('tokens', () => {
  it('are taken from the header or the parameter, and asked for', async () => {
    const { token, wabaId, businessId } = await connect();
    assert.equal((await graph(`/v26.0/${wabaId}?access_token=${token}`)).status, 200);
    const me = await as(token).get('/me?fields=id,client_business_id');
    assert.equal(me.body.client_business_id, businessId);
    const none = await graph(`/v26.0/${wabaId}`);
    assert.deepEqual([none.status, none.body.error?.code], [401, 104]);
    const dead = await as('nonsense').get(`/v26.0/${wabaId}`);
    assert.deepEqual([dead.status, dead.body.error?.code], [401, 190]);
  });

  it('may be proved with the app secret, and must then be proved right', async () => {
    const { token, wabaId } = await connect();
    const proof = createHmac('sha256', sandbox.credentials.appSecret).update(token).digest('hex');
    assert.equal((await as(token).get(`/v26.0/${wabaId}?appsecret_proof=${proof}`)).status, 200);
    const wrong = await as(token).get(`/v26.0/${wabaId}?appsecret_proof=${'0'.repeat(64)}`);
    assert.deepEqual([wrong.status, wrong.body.error?.code], [400, 104]);
  });
});
