import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, it } from 'node:test';
import { secondPartner } from '../../credentials.ts';
import { createSandbox } from '../../sandbox.ts';
import { createClient } from '../../test/client.ts';

const sandbox = createSandbox();
const { control, as } = createClient(sandbox);
const partner = () => as(sandbox.credentials.systemUserToken);

before(() => sandbox.start());
after(() => sandbox.stop());
beforeEach(() => control('POST', '/reset'));

describe('the credit line', () => {
  it('is found through the partner’s business', async () => {
    const { businessId, creditLineId } = sandbox.credentials;
    const path = `/v26.0/${businessId}/extendedcredits`;
    const { body } = await partner().get(path);
    assert.deepEqual(body.data, [{ legal_entity_name: 'Sandbox Partner Inc.', id: creditLineId }]);
    const more = await partner().get(`/v26.0/${creditLineId}?fields=allocated_amount,owner_business`);
    assert.deepEqual(more.body.owner_business, { name: 'Sandbox Partner', id: businessId });
    assert.equal((more.body.allocated_amount as { currency: string }).currency, 'USD');
  });

  it('is for the owner’s system users with a finance role alone', async () => {
    const { creditLineId, businessId } = sandbox.credentials;
    const codes = async () => [
      (await partner().get(`/${creditLineId}`)).body.error?.code,
      (await partner().get(`/${businessId}/extendedcredits`)).body.error?.code,
    ];
    await control('POST', '/partnership', { role: 'EMPLOYEE' });
    assert.deepEqual(await codes(), [200, 200]);
    await control('POST', '/partnership', { isFinanceEditor: true });
    assert.deepEqual(await codes(), [undefined, undefined]);
    const stranger = await as(secondPartner.systemUserToken).get(`/${creditLineId}`);
    assert.deepEqual([stranger.body.error?.code, stranger.body.error?.error_subcode], [100, 33]);
  });

  it('has an allowance of 5,000 calls an hour for all its endpoints', async () => {
    const { creditLineId, businessId } = sandbox.credentials;
    const used = async (path: string) => {
      const { headers } = await partner().get(path);
      return JSON.parse(headers.get('x-business-use-case-usage') ?? '')[businessId][0].call_count;
    };
    for (let count = 0; count < 49; count++) await used(`/${creditLineId}`);
    assert.equal(await used(`/${creditLineId}/owning_credit_allocation_configs`), 1);
    assert.equal(await used(`/${businessId}/extendedcredits`), 2);
  });
});
