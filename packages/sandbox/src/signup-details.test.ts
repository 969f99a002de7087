import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, it } from 'node:test';
import { secondPartner } from './credentials.ts';
import { createSandbox } from './sandbox.ts';
import { createClient } from './test/client.ts';
import { answerDialog } from './test/dialog-address.ts';

const sandbox = createSandbox();
const { control, connect, as } = createClient(sandbox);

before(() => sandbox.start());
after(() => sandbox.stop());
beforeEach(() => control('POST', '/reset'));

interface Refusal {
  error: { code: string; field: string; message: string };
}

/** Both ways to a signup refuse it, with the same field. */
async function assertRefused(data: Record<string, unknown>, field: string, reason: RegExp): Promise<void> {
  const answer = await answerDialog(sandbox, { outcome: 'finish', ...data });
  assert.equal(answer.status, 400);
  const { error } = (await answer.json()) as Refusal;
  assert.deepEqual([error.code, error.field], ['invalid-input', field]);
  assert.match(error.message, reason);
  const { outcome, ...rest } = data;
  const { status, body } = await control('POST', '/codes', { outcome, data: rest });
  assert.equal(status, 400);
  assert.equal((body as Refusal).error.field, `data.${field}`);
  assert.match((body as Refusal).error.message, reason);
}

describe('a signup is refused', () => {
  it('with an account, a portfolio or a person that are not there', async () => {
    await assertRefused({ wabaId: '1' }, 'wabaId', /is no account/);
    await assertRefused({ businessId: '1' }, 'businessId', /is no business/);
    await assertRefused({ personId: '1' }, 'personId', /is no person/);
  });

  it('with the number of another account, or another owner', async () => {
    const [one, other] = [await connect(), await connect()];
    const { wabaId } = one;
    await assertRefused({ wabaId, phoneNumberId: other.phoneNumberId }, 'phoneNumberId', /no number of/);
    await assertRefused({ phoneNumberId: one.phoneNumberId }, 'phoneNumberId', /no number of/);
    await assertRefused({ wabaId, businessId: other.businessId }, 'businessId', /does not own/);
  });

  it('in a partner’s own portfolio', async () => {
    const { businessId } = sandbox.credentials;
    await assertRefused({ businessId }, 'businessId', /portfolio of a partner/);
    await assertRefused({ businessId: secondPartner.businessId }, 'businessId', /portfolio of a partner/);
  });

  it('with a number of another account, but for one of the app that comes back', async () => {
    const displayNumber = '+1 415-555-0134';
    const { businessId } = await connect();
    await connect('coexistence', { displayNumber, businessId });
    await assertRefused({ displayNumber }, 'displayNumber', /of the account \d+ already/);
    await assertRefused({ outcome: 'coexistence', displayNumber }, 'displayNumber', /already/);
    const back = { outcome: 'coexistence', displayNumber: '+1 (415) 555 0134', businessId };
    assert.equal((await answerDialog(sandbox, back)).status, 200);
    const other = await connect();
    await assertRefused({ ...back, businessId: other.businessId }, 'displayNumber', /already/);
  });

  it('with an account that went after it was queued', async () => {
    const { wabaId } = await connect();
    assert.equal((await control('POST', '/next', { outcome: 'finish', data: { wabaId } })).status, 200);
    await control('POST', '/accounts', { wabaId, happens: 'deleted' });
    await assertRefused({ wabaId }, 'wabaId', /is no account/);
  });

  it('with a pre-verified number that is not verified, is taken, or is somebody else’s', async () => {
    const { businessId, systemUserToken } = sandbox.credentials;
    const { body } = await as(systemUserToken).post(`/v26.0/${businessId}/add_phone_numbers`, {
      phone_number: '+1 415-555-0134',
    });
    const preverifiedId = String(body.id);
    await assertRefused({ preverifiedId }, 'preverifiedId', /NOT_VERIFIED/);
    await verify(preverifiedId);
    const other = await answerDialog(
      sandbox,
      { outcome: 'finish', preverifiedId },
      { client_id: secondPartner.appId, config_id: secondPartner.configId },
    );
    assert.equal(other.status, 400);
    assert.equal(((await other.json()) as Refusal).error.field, 'preverifiedId');
    assert.equal((await answerDialog(sandbox, { outcome: 'finish', preverifiedId })).status, 200);
    await assertRefused({ preverifiedId }, 'preverifiedId', /on an account already/);
  });
});

async function verify(preverifiedId: string): Promise<void> {
  const partner = as(sandbox.credentials.systemUserToken);
  await partner.post(`/v26.0/${preverifiedId}/request_code`, { code_method: 'SMS', language: 'en_US' });
  const { body } = await control('GET', '/state');
  const { preverifiedNumbers } = body as { preverifiedNumbers: { id: string; sentCode: { code: string } }[] };
  const code = preverifiedNumbers.find(({ id }) => id === preverifiedId)?.sentCode.code ?? '';
  assert.equal((await partner.post(`/v26.0/${preverifiedId}/verify_code`, { code })).status, 200);
}
