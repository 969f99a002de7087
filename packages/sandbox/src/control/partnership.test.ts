import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, it } from 'node:test';
import { createSandbox } from '../sandbox.ts';
import { createClient } from '../test/client.ts';

const sandbox = createSandbox();
const { control } = createClient(sandbox);

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
