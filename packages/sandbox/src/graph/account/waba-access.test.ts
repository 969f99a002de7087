import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { createSandbox } from '../../sandbox.ts';
import { createClient } from '../../test/client.ts';

const sandbox = createSandbox();
const { as, connect } = createClient(sandbox);

before(() => sandbox.start());
after(() => sandbox.stop());

describe('whom an account is shown to', () => {
  it('does not tell an account that is not granted from one that does not exist', async () => {
    const mine = await connect();
    const other = await connect();
    for (const id of [other.wabaId, other.phoneNumberId, '1', `${other.wabaId}/phone_numbers`]) {
      const { status, body } = await as(mine.token).get(`/v26.0/${id}`);
      assert.equal(status, 400);
      assert.deepEqual([body.error?.code, body.error?.error_subcode], [100, 33]);
      assert.equal(body.error?.type, 'GraphMethodException');
    }
  });

  it('is the partner’s system user too, where it was shared with the partner', async () => {
    const { wabaId } = await connect();
    assert.equal((await as(sandbox.credentials.systemUserToken).get(`/${wabaId}`)).status, 200);
    const appOnly = await connect('app-only');
    const { body } = await as(sandbox.credentials.systemUserToken).get(`/${appOnly.wabaId}`);
    assert.equal(body.error?.error_subcode, 33, 'an install of the app alone shares nothing');
    assert.equal((await as(appOnly.token).get(`/${appOnly.wabaId}`)).status, 200);
  });
});
