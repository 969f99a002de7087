import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { createSandbox } from '../sandbox.ts';
import { createClient } from '../test/client.ts';

const sandbox = createSandbox();
const { as, connect, control, exchange } = createClient(sandbox);

before(() => sandbox.start());
after(() => sandbox.stop());

const happens = (wabaId: string, name: string) => control('POST', '/accounts', { wabaId, happens: name });

const accountsOf = async (token: string) => {
  const { appId, appSecret } = sandbox.credentials;
  const { body } = await as(`${appId}|${appSecret}`).get(`/debug_token?input_token=${token}`);
  const { granular_scopes: scopes } = body.data as { granular_scopes: { target_ids?: string[] }[] };
  return scopes[0]?.target_ids;
};

describe('taking the partners off an account', () => {
  it('changes nothing where there are none', async () => {
    const { wabaId } = await connect('coexistence');
    await happens(wabaId, 'removed');
    await happens(wabaId, 'reconnected');
    const state = async () => {
      // What is still on its way to a subscriber belongs to what was done before.
      await control('POST', '/clock', { advanceMs: 0 });
      const { now: _, ...rest } = (await control('GET', '/state')).body as Record<string, unknown>;
      return rest;
    };
    const before = await state();
    assert.equal((await happens(wabaId, 'removed')).status, 400);
    assert.deepEqual(await state(), before);
  });
});

describe('a code that was not changed for a token yet', () => {
  for (const ending of ['deleted', 'removed', 'uninstalled']) {
    it(`is worth nothing once its account was ${ending}`, async () => {
      const { code, event } = sandbox.issueCode();
      assert.equal((await happens(event.data.waba_id, ending)).status, 200);
      const { body } = await exchange({ code });
      assert.deepEqual([body.error?.code, body.error?.error_subcode], [100, 36007]);
    });
  }

  it('stays worth nothing when the business lets the app in again', async () => {
    const { code, event } = sandbox.issueCode();
    await happens(event.data.waba_id, 'uninstalled');
    const again = sandbox.issueCode({ data: { wabaId: event.data.waba_id } });
    assert.equal((await exchange({ code })).body.error?.error_subcode, 36007);
    assert.equal((await exchange({ code: again.code })).status, 200);
  });

  it('grants the accounts that are left', async () => {
    const { code, event } = sandbox.issueCode({ data: { accounts: 2 } });
    const [, other = ''] = event.data.waba_ids ?? [];
    await happens(event.data.waba_id, 'deleted');
    const { body } = await exchange({ code });
    assert.deepEqual(await accountsOf(String(body.access_token)), [other]);
  });
});
