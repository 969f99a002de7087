import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, it } from 'node:test';
import { createSandbox } from '../sandbox.ts';
import { createClient } from '../test/client.ts';

const sandbox = createSandbox();
const { control, connect, as } = createClient(sandbox);

before(() => sandbox.start());
after(() => sandbox.stop());
beforeEach(() => control('POST', '/reset'));

describe('the partner’s own settings', () => {
  it('are told with every change', async () => {
    const { systemUserId, creditLineId } = sandbox.credentials;
    const { body } = await control('POST', '/partnership', {
      isFinanceEditor: true,
      creditTerms: 'withdrawn',
    });
    assert.deepEqual(body, {
      systemUser: { id: systemUserId, role: 'ADMIN', isFinanceEditor: true },
      creditLine: { id: creditLineId, termsAccepted: false, isAvailable: true },
    });
  });

  for (const [input, field] of [
    [{ role: 'KING' }, 'role'],
    [{ creditTerms: true }, 'creditTerms'],
    [{ systemUserId: '1' }, 'systemUserId'],
    [{ creditLineId: '1' }, 'creditLineId'],
  ] as const) {
    it(`refuse ${JSON.stringify(input)} by its name`, async () => {
      const { status, body } = await control('POST', '/partnership', input);
      assert.deepEqual([status, (body as { error: { field: string } }).error.field], [400, field]);
    });
  }
});

describe('a payment method by hand', () => {
  it('lets the account send, and no more once it is removed', async () => {
    const { token, wabaId } = await connect('finish', { registered: true });
    const health = async () => {
      const { body } = await as(token).get(`/${wabaId}?fields=health_status`);
      return (body.health_status as { can_send_message: string }).can_send_message;
    };
    assert.equal(await health(), 'BLOCKED');
    await control('POST', '/payment-methods', { wabaId, payment: 'added' });
    assert.equal(await health(), 'AVAILABLE');
    await control('POST', '/payment-methods', { wabaId, payment: 'removed' });
    assert.equal(await health(), 'BLOCKED');
  });

  it('is refused for an account that is not there', async () => {
    const { status, body } = await control('POST', '/payment-methods', { wabaId: '1', payment: 'added' });
    assert.deepEqual([status, (body as { error: { field: string } }).error.field], [400, 'wabaId']);
  });
});
